using System.Runtime.InteropServices;
using Experiments;
using Experiments.Registry;

namespace Weekend.Rehearsal;

/// <summary>The weekend: everything is queued on Friday, and nobody looks after the workers that come and go until Sunday.</summary>
internal static class Script
{
    public const int Slots = 4;

    private const string HoursOfThird = "0.001";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="strict">Whether no slot may ever be idle for more than 100 ms while runs wait, which takes a machine that does nothing else.</param>
    /// <returns>0: all is as it should be. 1: it isn't. 2: it could not begin.</returns>
    public static async Task<int> RunAsync(bool strict)
    {
        var root = ResultsRoot.At(Environment.GetEnvironmentVariable("EXP_RESULTS") is { Length: > 0 } set ? set : "results");
        if (File.Exists(root.RegistryFile))
        {
            Console.Error.WriteLine($"expected `{root.Directory}` to be without a registry, got one: remove it, or choose another directory with EXP_RESULTS");
            return 2;
        }

        using var enough = new CancellationTokenSource(Longest);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var disk = SmallDisk.Mount();
        try
        {
            var workers = await LiveAsync(root, disk, enough.Token);
            return await Verdict.PrintAsync(root, workers, disk, strict) ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"the weekend was stopped, or did not end within {Longest.TotalMinutes} minutes; what there is of it is in `{root.Directory}`");
            return 1;
        }
        catch (ExperimentsException e)
        {
            Console.Error.WriteLine($"{e.Code}: {e.Message}");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            enough.Cancel();
        }
    }

    private static async Task<IReadOnlyList<WorkerProcess>> LiveAsync(ResultsRoot root, SmallDisk disk, CancellationToken stop)
    {
        await SubmitAsync(root, disk, nameof(Trainings), stop);
        if (disk.Missing is null)
            await SubmitAsync(root, disk, nameof(Archives), stop);
        else
            Console.WriteLine($"no small disk, and so no archives: {disk.Missing}");

        await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions { ReadOnly = true }, stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var space = disk.Missing is null ? MakeSpaceAsync(registry, disk, over.Token) : Task.CompletedTask;
        Directory.CreateDirectory(Path.Combine(root.Directory, "logs"));
        var workers = new List<WorkerProcess>();
        foreach (var done in (int[])[40, 90])
        {
            await using var worker = Begin("--drain");
            await UntilAsync(registry, status => status.Completed + status.Failed >= done && status.Running == Slots, worker, stop);
            worker.Kill();
            await worker.EndAsync(stop);
            Console.WriteLine($"worker {workers.Count}: kill -9 when {done} runs were done");
        }

        foreach (var options in (string[][])[["--max-hours", HoursOfThird], ["--drain"]])
        {
            await using var worker = Begin(options);
            await worker.EndAsync(stop);
            Console.WriteLine($"worker {workers.Count}: `worker {string.Join(' ', options)}` ended by itself");
        }

        await over.CancelAsync();
        await space.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return workers;

        WorkerProcess Begin(params string[] options)
        {
            workers.Add(WorkerProcess.Start(root, disk, Path.Combine(root.Directory, "logs", $"worker-{workers.Count + 1}.log"),
                ["worker", "--slots", $"{Slots}", "--grace", "1s", "--min-free-disk", "0", "--min-free-memory", "0", .. options]));
            return workers[^1];
        }
    }

    private static async Task SubmitAsync(ResultsRoot root, SmallDisk disk, string target, CancellationToken stop)
    {
        await using var submit = WorkerProcess.Start(root, disk, null, ["submit", target]);
        await submit.EndAsync(stop);
    }

    private static async Task UntilAsync(SqliteRegistry registry, Func<RegistryStatus, bool> isSo, WorkerProcess worker, CancellationToken stop)
    {
        while (!isSo(await registry.StatusAsync(RunFilter.All, stop)) && !worker.HasEnded)
            await Task.Delay(TimeSpan.FromMilliseconds(25), stop);
    }

    /// <summary>Somebody makes space, once all that copy have missed it.</summary>
    private static async Task MakeSpaceAsync(SqliteRegistry registry, SmallDisk disk, CancellationToken stop)
    {
        var archives = new RunFilter { Experiment = "archive" };
        while (!(await registry.ListAsync(archives, stop)).All(run => run.Category == FailureCategory.DiskFull.Text()))
            await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
        disk.MakeSpace();
    }
}
