using System.Diagnostics;
using System.Globalization;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.Torture.Killing;

/// <summary>
/// Real workers execute real processes, and all of them are killed at random moments: workers, their attempts, their keepers. Afterwards one
/// worker that nobody kills does what is left, and what is on the disk is judged.
/// </summary>
internal static class Killer
{
    /// <summary>What kills are aimed at, and how often of a hundred.</summary>
    private const int WorkersOfHundred = 55, KeepersOfHundred = 10;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var settings = new Settings(words);
        var (workers, kills, seed) = (settings.Number("workers", 4), settings.Number("kills", 1000), settings.Number("seed", Environment.TickCount));
        var root = ResultsRoot.At(Directory.CreateTempSubdirectory("kill-").FullName);
        Console.WriteLine($"{workers} workers, {kills} kills, seed {seed}, results root {root.Directory}");
        var problems = new List<string>();
        await using (var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions()))
        {
            var began = Stopwatch.GetTimestamp();
            var done = await KillAsync(registry, root, workers, kills, new Random(seed), problems);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed {done.Workers} workers, {done.Attempts} attempts, {done.Keepers} keepers in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s"));
            await DrainAsync(registry, root);
            problems.AddRange(await registry.CheckAsync());
            var status = await registry.StatusAsync(RunFilter.All);
            Console.WriteLine($"{status.Completed} completed, {status.Failed} failed, {status.Blocked} blocked, {status.Pending} pending, {status.Running} running");
        }

        problems.AddRange(Verdict.Verdict.Problems(root.Directory, finished: true));
        foreach (var problem in problems.Take(50))
            Console.WriteLine(problem);
        Console.WriteLine(problems.Count == 0 ? "nothing lost, nothing doubled, nothing stuck; every artifact is its winner's" : $"{problems.Count} problems, in {root.Directory}");
        if (problems.Count == 0)
            Directory.Delete(root.Directory, recursive: true);
        return problems.Count == 0 ? 0 : 1;
    }

    private static async Task<(int Workers, int Attempts, int Keepers)> KillAsync(SqliteRegistry registry, ResultsRoot root, int count, int kills, Random random, List<string> problems)
    {
        var workers = Enumerable.Range(0, count).Select(_ => Start(root)).ToArray();
        var submitted = 0;
        (int Workers, int Attempts, int Keepers) done = default;
        while (done.Workers + done.Attempts + done.Keepers < kills)
        {
            await Task.Delay(random.Next(250)); // a worker takes about 150 ms to begin
            var status = await registry.StatusAsync(RunFilter.All);
            if (status.Pending < 20)
                await registry.SubmitAsync(Runs.Plan(ref submitted, random), new SubmitOptions { Known = random.Next(3) == 0 ? Known.Rerun : Known.Resume });
            for (var i = 0; i < workers.Length; i++)
            {
                if (!workers[i].HasExited)
                    continue;
                problems.Add($"a worker ended by itself: {await workers[i].StandardError.ReadToEndAsync()}");
                workers[i] = Start(root);
            }

            switch (random.Next(100))
            {
                case < WorkersOfHundred:
                    var victim = random.Next(count);
                    workers[victim].Kill();
                    await workers[victim].WaitForExitAsync();
                    workers[victim] = Start(root);
                    done.Workers++;
                    break;
                case < WorkersOfHundred + KeepersOfHundred:
                    done.Keepers += Kill(Processes.Keepers(root.Directory), random);
                    break;
                default:
                    done.Attempts += Kill(Processes.WithVariable("EXP_RESULTS", root.Directory), random);
                    break;
            }
        }

        foreach (var worker in workers)
        {
            worker.Kill();
            await worker.WaitForExitAsync();
        }

        return done;
    }

    private static int Kill(List<int> pids, Random random)
    {
        if (pids.Count == 0)
            return 0;
        try
        {
            using var process = Process.GetProcessById(pids[random.Next(pids.Count)]);
            process.Kill();
            return 1;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return 0; // it has just ended
        }
    }

    private static Process Start(ResultsRoot root) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. Processes.Program, "kill-worker", root.Directory]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>The worker that is killed: works until then.</summary>
    public static async Task<int> WorkAsync(ResultsRoot root)
    {
        await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions());
        await new Worker(registry, root, Options with { Drain = false }, new Silent()).RunAsync(CancellationToken.None);
        return 0;
    }

    private static async Task DrainAsync(SqliteRegistry registry, ResultsRoot root) =>
        await new Worker(registry, root, Options, new Silent(), new WorkerHost { Program = [Environment.ProcessPath!, .. Processes.Program] }).RunAsync(CancellationToken.None);

    private static WorkerOptions Options => new()
    {
        Slots = 4,
        Gpus = [],
        Drain = true,
        Grace = TimeSpan.FromSeconds(1),
        Heartbeat = TimeSpan.FromMilliseconds(200),
        Telemetry = TimeSpan.Zero,
    };
}
