using System.Text.Json;

namespace Experiments.Runtime.TestProgram;

/// <summary>C# trainers, as a generated catalogue would list them.</summary>
internal static class Trainers
{
    public static Catalogue Catalogue { get; } = new([new Trainer()], []);

    /// <summary>Does what its configuration's <c>do</c> says.</summary>
    private sealed class Trainer : ExperimentType
    {
        public override ExperimentDefinition Definition { get; } = new()
        {
            Name = "trainer",
            IdTemplate = "{hash}",
            Launch = new Launch { Kind = LaunchKind.Method, Style = ArgumentStyle.None },
        };

        public override string TypeName => "Trainer";

        public override string Help => "";

        public override PlannedRun Plan(IReadOnlyList<string> overrides) => throw new NotSupportedException();

        public override PlannedRun Plan(ReadOnlyMemory<byte> config) => throw new NotSupportedException();

        public override async Task<IEnumerable<KeyValuePair<string, double>>> ExecuteAsync(RunContext run)
        {
            using var config = JsonDocument.Parse(await File.ReadAllBytesAsync(run.ConfigPath));
            switch (config.RootElement.GetProperty("do").GetString())
            {
                case "train":
                    await File.WriteAllTextAsync(run.PathOf("model.txt"), "weights");
                    run.Artifact("model", "model.txt");
                    return [KeyValuePair.Create("val_acc", 0.5)];
                case "wait":
                    run.Event("waiting");
                    await Task.Delay(Timeout.Infinite, run.Stopping);
                    return [];
                case "return when stopped":
                    run.Event("waiting");
                    await Task.Delay(Timeout.Infinite, run.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    return [KeyValuePair.Create("val_acc", 0.1)];
                case "refuse":
                    throw new ExperimentsException("EXP8010", "expected rate to be positive, got `-1`", "use a positive rate");
                default:
                    throw new InvalidOperationException("the network diverged");
            }
        }
    }
}
