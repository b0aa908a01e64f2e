using Experiments.CodeFixes;
using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Fixes;

public class EntrypointFixTests
{
    private static PythonFiles Options(string options) => new(("train.py", $"import argparse\np = argparse.ArgumentParser(allow_abbrev=False)\n{options}\np.parse_args()\n"));

    private static string Run(string entrypoint, string members) =>
        $$"""[Experiment("run"), Entrypoint({{entrypoint}})] public sealed partial record Run { {{members}} }""" + "\n";

    [Fact]
    public Task A_property_gets_the_name_of_the_option() => Fixed.VerifyAsync(new NameOptionFix(),
        Run("\"train.py\"", "public double LearningRate { get; init; }"),
        Run("\"train.py\"", "[JsonPropertyName(\"lr\")] public double LearningRate { get; init; }"),
        python: Options("p.add_argument('--lr', type=float)"));

    [Fact]
    public Task A_name_that_is_given_already_is_replaced() => Fixed.VerifyAsync(new NameOptionFix(),
        Run("\"train.py\"", "[JsonPropertyName(\"batch_siez\")] public int Rows { get; init; }"),
        Run("\"train.py\"", "[JsonPropertyName(\"batch_size\")] public int Rows { get; init; }"),
        python: Options("p.add_argument('--batch-size', type=int)"));

    [Fact]
    public Task All_properties_get_their_names_at_once() => Fixed.VerifyAllAsync(new NameOptionFix(),
        Run("\"train.py\"", "public double LearningRate { get; init; } public int BatchSize { get; init; }"),
        Run("\"train.py\"", "[JsonPropertyName(\"lr\")] public double LearningRate { get; init; } [JsonPropertyName(\"bs\")] public int BatchSize { get; init; }"),
        python: Options("p.add_argument('--lr', type=float)\np.add_argument('--bs', type=int)"));

    [Fact]
    public Task Values_of_an_axis_that_the_script_refuses_are_removed_at_once() => Fixed.VerifyAllAsync(new RemoveValueFix(),
        Sweep("\"cnn\", \"rnn\", \"mlp\", \"gru\""), Sweep("\"cnn\", \"mlp\""), python: Options("p.add_argument('--model', choices=['cnn', 'mlp'])"));

    private static string Sweep(string values) => $$"""
        [Experiment("run", Id = "{Model}"), Entrypoint("train.py")] public sealed partial record Run { public string Model { get; init; } = "cnn"; }
        [Sweep] public sealed partial record Models : ISweep<Run> { [Values({{values}})] public string Model { get; init; } }

        """;

    [Theory]
    [InlineData("4f1c0d2a9b31c0ffee00c0ffee00c0ffee00c0ff", "unused")]
    [InlineData("ref: refs/heads/main", "4f1c0d2a9b31c0ffee00c0ffee00c0ffee00c0ff")]
    public Task A_tool_is_pinned_to_the_commit_it_is_at(string head, string main) => Fixed.VerifyAsync(new PinToolFix(),
        Run("\"train.py\", Tool = \"kdgat\"", ""),
        Run("\"train.py\", Tool = \"kdgat\", Commit = \"4f1c0d2a9b31\"", ""),
        python: new PythonFiles(("tools/kdgat/train.py", "pass\n"), ("tools/kdgat/.git/HEAD", head + "\n"), ("tools/kdgat/.git/refs/heads/main", main + "\n")).WithTools("kdgat"));

    [Fact]
    public Task Booleans_get_the_style_of_the_script() => Fixed.VerifyAsync(new EntrypointSettingFix(),
        Run("\"train.py\"", "public bool Amp { get; init; } = true;"),
        Run("\"train.py\", Booleans = BooleanStyle.Value", "public bool Amp { get; init; } = true;"),
        python: Options("p.add_argument('--amp', type=lambda v: v == 'true')"));

    [Fact]
    public Task A_style_that_is_given_already_is_replaced() => Fixed.VerifyAsync(new EntrypointSettingFix(),
        Run("\"train.py\", Booleans = BooleanStyle.Value", "public bool Amp { get; init; } = true;"),
        Run("\"train.py\", Booleans = BooleanStyle.Presence", "public bool Amp { get; init; } = true;"),
        python: Options("p.add_argument('--amp', action='store_true')"));

    [Fact]
    public Task Options_get_the_case_of_the_script() => Fixed.VerifyAsync(new EntrypointSettingFix(),
        Run("\"train.py\"", "public double LearningRate { get; init; } public int BatchSize { get; init; }"),
        Run("\"train.py\", OptionCase = OptionCase.Snake", "public double LearningRate { get; init; } public int BatchSize { get; init; }"),
        python: Options("p.add_argument('--learning_rate', type=float)\np.add_argument('--batch_size', type=int)"));

    [Fact]
    public Task A_script_of_a_package_starts_as_a_module() => Fixed.VerifyAsync(new EntrypointCommandFix(),
        Run("\"src/main.py --fast\"", ""), Run("\"-m src.main --fast\"", ""),
        python: new PythonFiles(("src/main.py", "from . import data\nimport argparse\np = argparse.ArgumentParser()\np.add_argument('--fast', action='store_true')\np.parse_args()\n"), ("src/data.py", "")));

    [Theory]
    [InlineData("\"trian.py --fast\"", "\"train.py --fast\"")]
    [InlineData("\"-m trian --fast\"", "\"-m train --fast\"")]
    public Task The_entrypoint_that_was_meant_is_written(string before, string after) => Fixed.VerifyAsync(new EntrypointCommandFix(),
        Run(before, ""), Run(after, ""), python: Options("p.add_argument('--fast', action='store_true')"));

    [Fact]
    public Task The_tool_that_was_meant_is_written() => Fixed.VerifyAsync(new EntrypointCommandFix(),
        Run("\"train.py\", Tool = \"kdgta\"", ""), Run("\"train.py\", Tool = \"kdgat\"", ""),
        python: new PythonFiles(("tools/kdgat/train.py", "")).WithTools("kdgat"));
}
