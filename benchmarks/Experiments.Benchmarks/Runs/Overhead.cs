using System.Diagnostics;
using System.Globalization;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.Benchmarks.Runs;

/// <summary>Time per run of <c>/bin/true</c> through everything a real run goes through: registry, keeper, log, provenance, publishing.</summary>
internal static class Overhead
{
    /// <summary><c>overhead [RUNS] [SLOTS]</c>; default 1,000 runs, two at a time, as the peers are measured.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        var slots = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2;
        var directory = Directory.CreateTempSubdirectory("overhead-");
        try
        {
            // Nothing is deleted in between: ext4 is slow to make files where it has just deleted many.
            for (var repeat = 0; repeat < 5; repeat++)
            {
                var root = ResultsRoot.At(Path.Combine(directory.FullName, $"{repeat}"));
                Console.WriteLine($"{await MeasureAsync(root, count, slots) / count:F3} ms/run ({count} runs, {slots} slots)");
            }

            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(ResultsRoot root, int count, int slots)
    {
        await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions());
        var definition = new ExperimentDefinition
        {
            Name = "true",
            IdTemplate = "{hash}",
            Launch = new Launch { Kind = LaunchKind.Executable, Target = "true", Program = ["/bin/true"], Style = ArgumentStyle.None, WorkingDirectory = "/" },
        };
        var config = "{}"u8.ToArray();
        var runs = Enumerable.Range(0, count).Select(i => new PlannedRun { Id = $"true/{i}", Experiment = definition, Config = config, Hash = ContentHash.Compute(config) });
        await registry.SubmitAsync(Plan.Create("true", runs), new SubmitOptions());

        var began = Stopwatch.GetTimestamp();
        var report = await new Worker(registry, root, new WorkerOptions { Slots = slots, Gpus = [], Drain = true }, new Silence()).RunAsync(CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(began);
        return report.Completed == count ? elapsed.TotalMilliseconds : throw new InvalidOperationException($"expected {count} runs to complete, got {report}");
    }

    private sealed class Silence : IWorkerObserver
    {
        public void Started(WorkerRecord worker, IReadOnlyList<string> slots)
        {
        }

        public void AttemptStarted(string slot, ClaimedRun run)
        {
        }

        public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points)
        {
        }

        public void Progress(string slot, ClaimedRun run, double fraction)
        {
        }

        public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration)
        {
        }

        public void Notice(string message) => Console.Error.WriteLine(message);
    }
}
