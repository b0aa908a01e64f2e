using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Python;

/// <summary>Where each mismatch of experiment and script is said, and where nothing is.</summary>
public class EntrypointTests
{
    private static readonly PythonFiles _argparse = Script("""
        import argparse
        p = argparse.ArgumentParser()
        p.add_argument("--learning-rate", type=float)
        p.add_argument("--epochs", type=int)
        p.add_argument("--model", choices=["cnn", "mlp"])
        p.add_argument("--amp", action="store_true")
        p.add_argument("--shuffle", type=bool)
        p.add_argument("--layers", type=int)
        p.add_argument("--size", type=int, choices=[1, 2])
        args = p.parse_args()
        """);

    private static PythonFiles Script(string text) => new(("train.py", text));

    private static Task Verify(string members, PythonFiles? files = null, string entrypoint = "\"train.py\"") =>
        Analyzed.VerifyAsync($$"""[Experiment("run"), Entrypoint({{entrypoint}})] public sealed partial record Run { {{members}} }""" + "\n", python: files ?? _argparse);

    [Theory]
    [InlineData("public double {|EXP4010:LearningRatte|} { get; init; }")]
    [InlineData("public double {|EXP4010:Unrelated|} { get; init; }")]
    [InlineData("public double {|EXP4014:Epochs|} { get; init; }")]
    [InlineData("public bool {|EXP4015:Epochs|} { get; init; }")]
    [InlineData("public int {|EXP4014:Amp|} { get; init; }")]
    [InlineData("public string {|EXP4014:Epochs|} { get; init; } = \"many\";")]
    [InlineData("public TimeSpan {|EXP4014:LearningRate|} { get; init; }")]
    [InlineData("public ImmutableArray<int> {|EXP4014:Layers|} { get; init; } = [];")]
    [InlineData("public string {|EXP4012:Model|} { get; init; } = \"rnn\";")]
    [InlineData("[AllowedValues(\"cnn\", \"rnn\")] public string {|EXP4013:Model|} { get; init; } = \"cnn\";")]
    [InlineData("public int {|EXP4012:Size|} { get; init; } = 3;")]
    [InlineData("public bool {|EXP4015:Shuffle|} { get; init; }")]
    public Task A_property_that_the_script_does_not_take_is_marked(string members) => Verify(members);

    [Theory]
    [InlineData("public double LearningRate { get; init; } public int Epochs { get; init; } public bool Amp { get; init; }")]
    [InlineData("public int LearningRate { get; init; } = 1;")]
    [InlineData("public string Epochs { get; init; } = \"3\";")]
    [InlineData("public string? Model { get; init; }")]
    [InlineData("public required string Model { get; init; }")]
    [InlineData("[DeniedValues(Kind.Rnn)] public Kind Model { get; init; } } public enum Kind { Cnn, Mlp, Rnn")]
    [InlineData("public double Learn { get; init; }")]
    [InlineData("public int Size { get; init; } = 2;")]
    public Task What_the_script_takes_is_not(string members) => Verify(members);

    [Theory]
    [InlineData("public string Model { get; init; } = \"cnn\";", "[Values(\"cnn\", {|EXP4018:\"rnn\"|}, \"mlp\")] public string Model { get; init; }")]
    [InlineData("public int Size { get; init; } = 1;", "[{|EXP4018:LogSpace(1, 4, 3)|}] public int Size { get; init; }")]
    [InlineData("public string Model { get; init; } = \"cnn\";", "[Values(\"cnn\", \"mlp\")] public string Model { get; init; } = \"\";")]
    [InlineData("public int Epochs { get; init; } = 1;", "[Values(1, 2, 3)] public int Epochs { get; init; }")]
    public Task A_value_of_an_axis_that_the_script_refuses_is_marked(string member, string axis) => Verify(
        $"{member} }} [Sweep] public sealed partial record Runs : ISweep<Run> {{ {axis}", entrypoint: "\"train.py\"");

    [Fact]
    public Task A_prefix_of_two_options_is_none() => Verify("public int {|EXP4010:S|} { get; init; }");

    [Fact]
    public Task A_nested_property_is_marked_where_it_is_declared() => Verify(
        "public Optimizer Optimizer { get; init; } = new(); } public sealed partial record Optimizer { public double {|EXP4010:Decay|} { get; init; }");

    [Fact]
    public Task A_fixed_argument_that_the_script_lacks_is_marked_in_the_entrypoint() => Verify("", entrypoint: "{|EXP4010:\"train.py --epoch-count 3\"|}");

    [Fact]
    public Task A_fixed_argument_gives_what_is_required() => Verify("public double Lr { get; init; }", Script("""
        import argparse
        p = argparse.ArgumentParser()
        p.add_argument("--data", required=True)
        p.add_argument("--lr", type=float)
        p.parse_args()
        """), "\"train.py --data=images\"");

    [Fact]
    public Task A_sub_command_takes_its_own_options_only() => Verify("public int Epochs { get; init; } public bool {|EXP4010:Verbose|} { get; init; }", Script("""
        import argparse
        p = argparse.ArgumentParser()
        p.add_argument("--verbose", action="store_true")
        sub = p.add_subparsers()
        fit = sub.add_parser("fit")
        fit.add_argument("--epochs", type=int)
        p.parse_args()
        """), "\"train.py fit\"");

    [Theory]
    [InlineData("{|EXP4010:\"train.py fitt\"|}")]
    [InlineData("{|EXP4011:\"train.py\"|}")]
    public Task A_sub_command_that_is_missing_or_wrong_is_marked(string entrypoint) => Verify("", Script("""
        import argparse
        p = argparse.ArgumentParser()
        p.add_subparsers(required=True).add_parser("fit")
        p.parse_args()
        """), entrypoint);

    [Fact]
    public Task A_configuration_file_needs_an_option() => Verify("public int Any { get; init; }", entrypoint: "{|EXP4010:\"train.py\"|}, Arguments = ArgumentStyle.ConfigFile");

    [Theory]
    [InlineData("{|EXP4001:\"trian.py\"|}")]
    [InlineData("{|EXP4001:\"-m trian\"|}")]
    [InlineData("\"elsewhere/else.py\"")]
    [InlineData("\"-m torch.distributed.run\"")]
    [InlineData("\"./run.sh\"")]
    [InlineData("\"../train.py\"")]
    [InlineData("\"/opt/train.py\"")]
    public Task Only_an_entrypoint_that_is_certainly_missing_is_marked(string entrypoint) => Verify("", entrypoint: entrypoint);

    [Theory]
    [InlineData("\"torchrun --nproc_per_node 2 train.py\"")]
    [InlineData("\"accelerate launch train.py\"")]
    [InlineData("\"python3 -m train\"")]
    public Task A_script_behind_a_launcher_is_checked_too(string entrypoint) => Verify("public int {|EXP4010:Unrelated|} { get; init; }", entrypoint: entrypoint);

    [Theory]
    [InlineData("from . import data", "EXP4002")]
    [InlineData("from src.data import load", "EXP4002")]
    [InlineData("try:\n    from . import data\nexcept ImportError:\n    import data", null)]
    [InlineData("import sys\nsys.path.insert(0, '.')\nfrom src.data import load", null)]
    [InlineData("import data", null)]
    public Task A_script_that_only_starts_as_a_module_is_marked(string text, string? rule) => Verify("",
        new PythonFiles(("src/main.py", text), ("src/data.py", "def load(): pass")), rule is null ? "\"src/main.py\"" : $$"""{|{{rule}}:"src/main.py"|}""");

    [Fact]
    public Task An_installed_package_imports_itself() => Verify("",
        new PythonFiles(("src/main.py", "from src.data import load"), ("src/data.py", ""), ("pyproject.toml", "")), "\"src/main.py\"");

    [Theory]
    [InlineData("def train(a, b, c, **config): pass", null)]
    [InlineData("def train(a, b, c, seed=0): pass", null)]
    [InlineData("def train(*args, **kwargs): pass", null)]
    [InlineData("@wraps\ndef train(): pass", null)]
    [InlineData("train = make()", null)]
    [InlineData("from elsewhere import *", null)]
    [InlineData("def train(a, b, **config): pass", "EXP4003")]
    [InlineData("def train(a, b, c): pass", "EXP4003")]
    [InlineData("def train(a, b, c, d, **config): pass", "EXP4003")]
    [InlineData("def train(a, b, seed, **config): pass", "EXP4003")]
    [InlineData("async def train(a, b, c, **config): pass", "EXP4003")]
    [InlineData("def trane(a, b, c, **config): pass", "EXP4001")]
    public Task A_function_must_take_the_configuration(string text, string? rule) => Verify("public int Seed { get; init; }",
        Script(text), rule is null ? "\"train:train\"" : $$"""{|{{rule}}:"train:train"|}""");

    [Fact]
    public Task Without_sources_nothing_is_said() => Analyzed.VerifyAsync("""[Experiment("run"), Entrypoint("train.py", Tool = "none")] public sealed partial record Run { public int A { get; init; } }""");

    [Fact]
    public Task Hydra_keys_are_those_of_its_files() => Verify("public double Lr { get; init; } public int {|EXP4010:Layer|} { get; init; }",
        new PythonFiles(("train.py", "import hydra\n@hydra.main(config_path='conf', config_name='c')\ndef main(cfg): pass\nmain()\n"), ("conf/c.yaml", "lr: 0.1\nlayers: 3\n")),
        "\"train.py\", Arguments = ArgumentStyle.Overrides");

    [Fact]
    public Task Hydra_keys_are_those_of_the_dataclass_that_is_stored() => Verify("public double Lr { get; init; } public int {|EXP4010:Layer|} { get; init; }",
        Script("import hydra\nfrom dataclasses import dataclass\nfrom hydra.core.config_store import ConfigStore\n@dataclass\nclass C:\n  lr: float = 0.1\n  layers: int = 3\n"
            + "ConfigStore.instance().store(name='c', node=C)\n@hydra.main(version_base=None, config_name='c')\ndef main(cfg): pass\nmain()\n"),
        "\"train.py\", Arguments = ArgumentStyle.Overrides");

    [Fact]
    public async Task The_message_names_script_option_and_what_was_meant()
    {
        var diagnostics = await Analyzed.DiagnosticsAsync("""[Experiment("run"), Entrypoint("train.py")] public sealed partial record Run { public double Lr { get; init; } }""", python: _argparse);
        Assert.Equal("expected `train.py` to accept `--lr`, got a script without it; did you mean `--learning-rate`?", Analyzed.Message(Assert.Single(diagnostics)));
    }
}
