using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

public sealed class ArgumentsTests
{
    [Theory]
    [InlineData("--learning-rate 0.5", "learning_rate", "0.5")]
    [InlineData("--learning-rate=0.5", "learning_rate", "0.5")]
    [InlineData("--learning_rate 0.5", "learning_rate", "0.5")]
    [InlineData("learning_rate=0.5", "learning_rate", "0.5")]
    [InlineData("--distilled", "distilled", "true")]
    [InlineData("--distilled true", "distilled", "true")]
    [InlineData("--distilled --no-distilled", "", "expected `--no-distilled` to be given once, got it again | leave one of them out")]
    [InlineData("--no-distilled", "distilled", "false")]
    [InlineData("distilled=true", "distilled", "true")]
    [InlineData("--optimizer.weight-decay 0.01", "optimizer.weight_decay", "0.01")]
    [InlineData("optimizer.momentum=0.5", "optimizer.momentum", "0.5")]
    [InlineData("--size student", "size", "student")]
    [InlineData("--learning-rat 0.5", "", "expected an option of `autoencoder`, got `--learning-rat` | did you mean `--learning-rate`?")]
    [InlineData("learning_rat=0.5", "", "expected an option of `autoencoder`, got `learning_rat` | did you mean `learning_rate`?")]
    [InlineData("--size studnet", "", "expected `--size` to be one of `teacher`, `student`, got `studnet` | did you mean `student`?")]
    [InlineData("--learning-rate fast", "", "expected `--learning-rate` to be a number, got `fast`")]
    [InlineData("--learning-rate NaN", "", "expected `--learning-rate` to be a number, got `NaN`")]
    [InlineData("--learning-rate 5", "", "expected `learning_rate` to be from 1e-06 to 1, got `5`")]
    [InlineData("--batch-size 1.5", "", "expected `--batch-size` to be an integer from -2147483648 to 2147483647, got `1.5`")]
    [InlineData("--batch-size 99999999999", "", "expected `--batch-size` to be an integer from -2147483648 to 2147483647, got `99999999999`")]
    [InlineData("--batch-size", "", "expected `--batch-size` to have a value, got nothing | write `--batch-size INTEGER`")]
    [InlineData("--batch-size --distilled", "", "expected `--batch-size` to have a value, got nothing | write `--batch-size INTEGER`")]
    [InlineData("stray", "", "expected an option of `autoencoder`, got `stray` | write `--name value` or `name=value`")]
    public void Options_are_read_or_refused_with_a_reason(string args, string key, string expected) => Assert.Equal(expected, Compiled.Run<string>(Design.Source, """
        if (!Autoencoder.TryParse(["--dataset", "hcrl_sa", .. args[1].Split(' ')], out var config, out var mistakes))
            return string.Join(" + ", mistakes.Select(m => m.Hint is null ? m.Message : $"{m.Message} | {m.Hint}"));
        var value = System.Text.Json.JsonDocument.Parse(config.ToJson()).RootElement;
        foreach (var name in args[0].Split('.'))
            value = value.GetProperty(name);
        return value.ToString() is "True" or "False" ? value.ToString().ToLowerInvariant() : value.ToString();
        """, key, args));

    [Fact]
    public void All_mistakes_are_listed_at_once()
    {
        var error = Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(Design.Source,
            """return Autoencoder.Parse(["--dataset", "hcrl", "--learning-rate", "7", "--batch_siz", "3", "size=big"]);"""));
        Assert.Equal("EXP8010", error.Code);
        Assert.Equal("""
            expected a configuration of `autoencoder`, got 4 mistakes:
              - expected an option of `autoencoder`, got `--batch_siz`
              - expected `--dataset` to be one of `hcrl_ch`, `hcrl_sa`, `set_01`, got `hcrl`
              - expected `size` to be one of `teacher`, `student`, got `big`
              - expected `learning_rate` to be from 1e-06 to 1, got `7`
            """, error.Message);
        Assert.Equal("did you mean `--batch-size`?", error.Hint);
    }

    [Fact]
    public void What_has_no_default_must_be_given()
    {
        var error = Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(Design.Source, "return Autoencoder.Parse([]);"));
        Assert.Equal("expected `dataset` to be given, got nothing", error.Message);
        Assert.Equal("it has no default: pass `--dataset`", error.Hint);
    }

    [Theory]
    [InlineData("--layers|1|2|3", "[1,2,3]")]
    [InlineData("--layers|1,2", "[1,2]")]
    [InlineData("layers=[1, 2]", "[1,2]")]
    [InlineData("layers=[]", "[]")]
    [InlineData("--layers", "[]")]
    [InlineData("--layers|-1|flag=true", "[-1]")]
    public void Lists_are_several_words_or_one(string args, string expected) => Assert.Equal(expected, Compiled.Run<string>(Samples.EveryKind,
        """return System.Text.Json.JsonDocument.Parse(Kinds.Parse(args).ToJson()).RootElement.GetProperty("layers").GetRawText();""", args.Split('|')));

    [Fact]
    public void Every_kind_of_value_is_read() => Assert.Equal(
        "{\"activation\":\"si_lu\",\"decimal\":2.5,\"double\":0.001,\"flag\":true,\"layers\":[1],\"long\":-9000000000,\"maybe_activation\":\"g-elu\",\"maybe_double\":null,\"maybe_flag\":true,\"maybe_list\":[\"re_lu\"],\"maybe_text\":\"x=y\",\"maybe_time\":\"00:00:05\",\"maybe_whole\":7,\"rates\":[0.5,1],\"short\":-3,\"single\":0.25,\"small\":255,\"text\":\"two words\",\"tiny\":-128,\"u_long\":18446744073709551615,\"u_short\":65535,\"u_whole\":4294967295,\"warmup\":\"00:30:00\",\"whole\":5,\"words\":[\"a,b\",\"c\"]}",
        Compiled.Run<string>(Samples.EveryKind, """
            return Kinds.Parse(["--flag", "--tiny", "-128", "--small", "255", "short=-3", "u_short=65535", "--whole", "5", "--u-whole", "4294967295", "--long", "-9000000000",
                "--single", "0.25", "--double", "1e-3", "--decimal", "2.50", "--text", "two words", "--activation", "si_lu", "--warmup", "30m",
                "--maybe-flag", "--maybe-whole", "7", "--maybe-double", "null", "maybe_text=x=y", "--maybe-activation", "g-elu", "--maybe-time", "5s",
                "--layers", "1", "--rates", "0.5", "1", "words=[\"a,b\", c]", "--maybe-list", "re_lu"]).ToJson();
            """));

    [Fact]
    public void Nested_records_keep_what_is_not_given_and_are_made_where_they_are_missing() => Assert.Equal(
        "{\"data\":{\"fold\":2,\"name\":\"cifar\",\"split\":0.1},\"optimizer\":{\"restart\":{\"decay\":null,\"warmup\":9},\"schedule\":{\"decay\":0.5,\"warmup\":5},\"weight_decay\":0.0001},\"second\":null}",
        Compiled.Run<string>(Samples.Nested, """
            return Lab.Vision.Nested.Parse(["--data.name", "cifar", "--data.split", "0.1", "data.fold=2", "--optimizer.schedule.decay", "0.5", "--optimizer.restart.warmup", "9", "second=null"]).ToJson();
            """));

    [Fact]
    public void Overrides_change_a_configuration() => Assert.Equal("hcrl_sa/lr0.5_wd1e-4_s3", Compiled.Run<string>(Design.Source,
        """return new Classifier { Dataset = Dataset.HcrlSa, Seed = 3 }.With(["learning_rate=0.5"]).Id.ToString();"""));

    [Fact]
    public void Help_lists_types_bounds_defaults_and_documentation() => Assert.Equal("""
        autoencoder: Unsupervised pre-training of the graph autoencoder.

        Options, each as `--name value` or `name=value`:
          --dataset NAME                   hcrl_ch | hcrl_sa | set_01; required
          --size NAME                      teacher | student; default teacher
          --[no-]distilled                 Learn from the teacher of the same dataset; default false
          --learning-rate NUMBER           from 1e-06 to 1.0; default 0.001
          --batch-size INTEGER             default 64
          --accumulation-steps INTEGER     default 1
          --optimizer.weight-decay NUMBER  default 0.0001
          --optimizer.momentum NUMBER      default 0.9

        """.ReplaceLineEndings("\n"), Compiled.Run<string>(Design.Source, "return Autoencoder.Help;"));
}
