using System.Diagnostics;
using System.Globalization;
using Experiments.Benchmarks.Processes;

namespace Experiments.Benchmarks.Runs;

/// <summary>
/// What a run costs besides itself: <c>/bin/true</c> through everything a run goes through (plan, registry, keeper, log, provenance, telemetry,
/// publishing), by the command that people type, beside GNU parallel and others.
/// </summary>
internal static class Overhead
{
    private const int Rounds = 5;

    /// <summary><c>overhead [RUNS] [SLOTS]</c>; default 500 runs a round, two at a time.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
        var slots = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2;
        var scratch = Directory.CreateTempSubdirectory("experiments-overhead-").FullName;
        try
        {
            var program = await Published.ReadyToRunAsync("benchmarks/Experiments.Nothing", scratch, "Experiments.Nothing");
            var contenders = new List<Contender>();
            foreach (var contender in Contenders.All(program, Path.Combine(Published.FindRoot(), "benchmarks/peers/jobs.py"), count, slots))
            {
                if (await IsInstalledAsync(contender))
                    contenders.Add(contender);
                else
                    Console.WriteLine($"skipped: {contender.Name} is not installed (`{contender.Installation}`)");
            }

            // Each round of each has an empty directory, and nothing is deleted in between: ext4 is slow to make files where it has just deleted many.
            var times = ProcessTimer.Milliseconds(Rounds, [.. contenders.Select(c => (string[])["sh", "-c", $"set -e; cd \"$(mktemp -d -p '{scratch}')\"; {c.Script}"])]);
            Write(contenders, [.. contenders.Zip(times, (c, all) => all.Select(ms => ms / c.Runs).ToArray())], slots);
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<bool> IsInstalledAsync(Contender contender)
    {
        using var probe = Process.Start(new ProcessStartInfo("sh", ["-c", contender.Probe]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = probe.StandardError.ReadToEndAsync();
        await probe.StandardOutput.ReadToEndAsync();
        await error;
        await probe.WaitForExitAsync();
        return probe.ExitCode == 0;
    }

    private static void Write(IReadOnlyList<Contender> contenders, IReadOnlyList<double[]> milliseconds, int slots)
    {
        var reference = contenders.Zip(milliseconds).Where(c => c.First.Name == Contenders.Reference).Select(c => c.Second).FirstOrDefault([.. Enumerable.Repeat(double.NaN, Rounds)]);
        Console.WriteLine();
        Console.WriteLine($"`/bin/true`, {slots} at a time, whole commands, {Rounds} rounds in turns; the ratio is the median of the rounds' own");
        Console.WriteLine();
        Console.WriteLine($"| command | runs | ms a run, median | fastest | ratio to {Contenders.Reference} | what is left of a run |");
        Console.WriteLine("|---|---:|---:|---:|---:|---|");
        foreach (var (contender, each) in contenders.Zip(milliseconds).OrderBy(c => ProcessTimer.Median(c.Second)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {contender.Name} | {contender.Runs} | {ProcessTimer.Median(each):0.00} | {each.Min():0.00} | {ProcessTimer.Median(each.Zip(reference, (ms, one) => ms / one)):0.00} | {contender.Keeps} |"));
        }
    }
}
