using System.Text;

namespace Experiments.Runtime.Tests.Launching;

public sealed class ConfigArgumentsTests
{
    private const string Config = """{"batch_size":64,"distilled":true,"layers":[64,32],"name":"a b","note":null,"optimizer":{"name":"adam","weight_decay":-1e-05},"quick":false}""";

    [Fact]
    public void Options_are_kebab_case_and_flat_with_nulls_and_false_left_out() => Assert.Equal(
        ["--batch-size", "64", "--distilled", "--layers", "64", "32", "--name", "a b", "--optimizer.name", "adam", "--optimizer.weight-decay=-1e-05"],
        Arguments(new Launch { Kind = LaunchKind.File }));

    [Fact]
    public void Options_may_be_snake_case_with_negatable_booleans() => Assert.Equal(
        ["--batch_size", "64", "--distilled", "--layers", "64", "32", "--name", "a b", "--optimizer.name", "adam", "--optimizer.weight_decay=-1e-05", "--no-quick"],
        Arguments(new Launch { Kind = LaunchKind.File, OptionCase = OptionCase.Snake, Booleans = BooleanStyle.Negatable }));

    [Fact]
    public void Booleans_may_be_values() => Assert.Equal(["--distilled", "true", "--quick", "false"],
        Arguments(new Launch { Kind = LaunchKind.File, Booleans = BooleanStyle.Value }, """{"distilled":true,"quick":false}"""));

    [Fact]
    public void Overrides_are_in_the_grammar_of_hydra() => Assert.Equal(
        ["batch_size=64", "distilled=true", "layers=[64,32]", "name='a b'", "note=null", "optimizer.name=adam", "optimizer.weight_decay=-1e-05", "quick=false"],
        Arguments(new Launch { Kind = LaunchKind.File, Style = ArgumentStyle.Overrides }));

    [Theory]
    [InlineData("it's", @"x='it\'s'")]
    [InlineData(@"C:\dir\", @"x='C:\dir\\'")]
    [InlineData("a,b", "x='a,b'")]
    [InlineData("${env}", "x='${env}'")]
    [InlineData("true", "x='true'")]
    [InlineData("12", "x='12'")]
    [InlineData("", "x=''")]
    public void Strings_that_hydra_would_read_otherwise_are_quoted(string value, string expected) => Assert.Equal([expected],
        Arguments(new Launch { Kind = LaunchKind.File, Style = ArgumentStyle.Overrides }, $$"""{"x":{{System.Text.Json.JsonSerializer.Serialize(value)}}}"""));

    [Fact]
    public void A_config_file_is_named_once() => Assert.Equal(["--config", "/r/config.json"], Arguments(new Launch { Kind = LaunchKind.File, Style = ArgumentStyle.ConfigFile }));

    [Fact]
    public void Inputs_are_no_arguments() => Assert.Equal(["--seed", "1"], LaunchResolver.CommandLine(new Launch { Kind = LaunchKind.File },
        Encoding.UTF8.GetBytes("""{"seed":1,"teacher":{"seed":1}}"""), "/r/config.json", ["teacher"]));

    private static IReadOnlyList<string> Arguments(Launch launch, string config = Config) =>
        LaunchResolver.CommandLine(launch, Encoding.UTF8.GetBytes(config), "/r/config.json");
}
