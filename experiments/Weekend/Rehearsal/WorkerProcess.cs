using System.Diagnostics;
using Experiments;

namespace Weekend.Rehearsal;

/// <summary>This program again, as a person would start it in another terminal.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>Every process of the weekend, and whatever it starts, has this in its environment.</summary>
    public const string Mark = "WEEKEND";

    private readonly Process _process;

    private WorkerProcess(Process process, IReadOnlyList<string> arguments) => (_process, Arguments, Id) = (process, arguments, process.Id);

    public int Id { get; }

    public IReadOnlyList<string> Arguments { get; }

    /// <summary>When it was started, UTC.</summary>
    public DateTimeOffset Started { get; } = DateTimeOffset.UtcNow;

    /// <summary>When it was killed; <see langword="null"/>: it was not.</summary>
    public DateTimeOffset? Killed { get; private set; }

    /// <summary>When it had ended.</summary>
    public DateTimeOffset Ended { get; private set; }

    /// <summary>Its exit code.</summary>
    public int ExitCode { get; private set; }

    public bool HasEnded => _process.HasExited;

    /// <param name="root">The results root.</param>
    /// <param name="disk">The small disk.</param>
    /// <param name="log">Where its output goes; <see langword="null"/>: to ours.</param>
    /// <param name="arguments">Its arguments.</param>
    public static WorkerProcess Start(ResultsRoot root, SmallDisk disk, string? log, IReadOnlyList<string> arguments)
    {
        // The shell becomes the program, so the id is the program's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", log is null ? "exec \"$@\"" : "exec \"$@\" >\"$0\" 2>&1", log ?? "sh", Environment.ProcessPath!, .. arguments]);
        start.Environment["EXP_RESULTS"] = root.Directory;
        start.Environment["WEEKEND_DISK"] = disk.Directory;
        start.Environment[Mark] = root.Directory;
        return new WorkerProcess(Process.Start(start)!, arguments);
    }

    /// <summary><c>kill -9</c>, of this process and no other.</summary>
    public void Kill()
    {
        Killed = DateTimeOffset.UtcNow;
        _process.Kill();
    }

    public async Task EndAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop);
        (Ended, ExitCode) = (DateTimeOffset.UtcNow, _process.ExitCode);
    }

    /// <summary>Ends what was not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
