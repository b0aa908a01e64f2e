using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Experiments.CommandLine.Tests;

/// <summary>A catalogue as the generator would write it, by hand: one experiment trained by a shell script, and its sweeps.</summary>
internal static class Digits
{
    public static Catalogue Catalogue { get; } = new([new DigitsExperiment()], [new DigitsSweep("LearningRates", [0.01, 0.1, 1]), new DigitsSweep("Quick", [0.1])]);
}

internal sealed record DigitsConfig(double LearningRate = 0.1, int Seed = 0, string Mode = "ok");

internal sealed record DigitsResults(double TestAccuracy, double Loss) : IResults<DigitsResults>
{
    public static DigitsResults Read(RunOutputs outputs) => new(outputs.Metric("test_accuracy"), outputs.Metric("loss"));

    public IEnumerable<KeyValuePair<string, double>> Metrics() => [new("test_accuracy", TestAccuracy), new("loss", Loss)];
}

internal sealed class DigitsExperiment : ExperimentType<DigitsConfig>
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "trainer.sh");

    public override ExperimentDefinition Definition { get; } = new()
    {
        Name = "digits",
        Summary = "A classifier of handwritten digits.",
        IdTemplate = "digits/lr{LearningRate}_s{Seed}",
        Launch = new Launch
        {
            Kind = LaunchKind.Executable,
            Target = "trainer.sh",
            Program = ["/bin/sh", Script],
            WorkingDirectory = Path.GetDirectoryName(Script),
        },
        Metrics = [new MetricDefinition("test_accuracy", Goal.Maximize, Primary: true), new MetricDefinition("loss", Goal.Minimize)],
        Artifacts = [new ArtifactDefinition("model", "model.txt")],
    };

    public override string TypeName => "DigitsClassifier";

    public override string Help => "--learning-rate <number>  Step size. Default: 0.1\n--seed <integer>          Seed. Default: 0\n--mode <text>             How the trainer behaves. Default: ok\n";

    public override PlannedRun Plan(IReadOnlyList<string> overrides) => Plan(Override(new DigitsConfig(), overrides));

    public override PlannedRun Plan(ReadOnlyMemory<byte> config) => Plan(ReadConfig(config));

    public override PlannedRun Plan(DigitsConfig config)
    {
        if (config.LearningRate is <= 0 or > 10)
            throw new ExperimentsException("EXP8010", $"expected `learning_rate` to be from 1e-06 to 10, got {config.LearningRate.ToString(CultureInfo.InvariantCulture)}");
        var json = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""{"learning_rate":{{config.LearningRate}},"mode":"{{config.Mode}}","seed":{{config.Seed}}}"""));
        return new PlannedRun
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"digits/lr{config.LearningRate}_s{config.Seed}{(config.Mode is "ok" or "quiet" ? "" : $"_{config.Mode}")}"),
            Experiment = Definition,
            Config = json,
            Hash = ContentHash.Compute(json),
        };
    }

    public override DigitsConfig ReadConfig(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new DigitsConfig(root.GetProperty("learning_rate").GetDouble(), root.GetProperty("seed").GetInt32(), root.GetProperty("mode").GetString()!);
    }

    public override Task<IEnumerable<KeyValuePair<string, double>>> ExecuteAsync(RunContext run) => throw new NotSupportedException("a script trains it");

    public static DigitsConfig Override(DigitsConfig config, IReadOnlyList<string> overrides)
    {
        for (var i = 0; i < overrides.Count; i++)
        {
            var option = overrides[i].StartsWith("--", StringComparison.Ordinal);
            var (name, value) = overrides[i].Split('=') is [var key, var given] ? (key, given) : (overrides[i], option && i + 1 < overrides.Count ? overrides[++i] : "");
            config = name.TrimStart('-').Replace('-', '_') switch
            {
                "learning_rate" => config with { LearningRate = double.Parse(value, CultureInfo.InvariantCulture) },
                "seed" => config with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                "mode" => config with { Mode = value },
                _ => throw new ExperimentsException("EXP8010", $"expected an option of `digits`, got `{name}`", "`digits --help` lists the options"),
            };
        }

        return config;
    }
}

internal sealed class DigitsSweep(string name, ImmutableArray<double> rates, string space = "") : SweepType
{
    private static readonly DigitsExperiment Digits = new();

    public override string Name => name;

    public override string FullName => space + name;

    public override string Summary => "How fast to learn.";

    public override ExperimentType Experiment => Digits;

    public override ImmutableArray<AxisInfo> Axes => [new AxisInfo("learning_rate", rates.Length, "Values"), new AxisInfo("seed", 2, "Seeds(2)")];

    public override long? PointCount => rates.Length * 2;

    public override IEnumerable<PlannedRun> Expand(IReadOnlyList<string> overrides) =>
        from rate in rates
        from seed in Enumerable.Range(0, 2)
        select Digits.Plan(DigitsExperiment.Override(new DigitsConfig(rate, seed), overrides)) with { Tags = ["baseline"] };
}
