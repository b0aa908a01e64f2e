using Experiments.Registry;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Keeper;

/// <summary>The running process of an attempt.</summary>
/// <param name="Identity">Which process.</param>
/// <param name="Record">Path of its <see cref="ProcessRecord"/>.</param>
/// <param name="Exited">Completes when it has ended, with how; never faults.</param>
internal sealed record AttemptProcess(ProcessIdentity Identity, string Record, Task<ExitStatus> Exited)
{
    /// <summary>A process whose keeper we don't hear: it is waited for, and the keeper's record says how it ended.</summary>
    public static AttemptProcess Adopt(ProcessIdentity process, string record) => new(process, record, WatchAsync(process, record));

    /// <summary>Waits for a process and reads its record.</summary>
    public static async Task<ExitStatus> WatchAsync(ProcessIdentity process, string record)
    {
        await ProcessGroup.WaitAsync(process).ConfigureAwait(false);
        // The keeper writes before it reaps, so a process that is no longer in the table has its record, if it is ever to have one.
        // Without a keeper somebody else reaps, perhaps never (a container without an init process): don't wait for ever.
        // One that was asked to stop is recorded only when all of its group have ended.
        for (var tries = 0; (tries < 200 || Found()?.IsStopping == true) && ProcFs.IsThere(process) && Found()?.Exit is null; tries++)
            await Task.Delay(10).ConfigureAwait(false);
        return Found()?.Exit ?? ExitStatus.Unknown;

        ProcessRecord? Found() => ProcessRecord.TryRead(record) is { } found && found.Process == process ? found : null;
    }
}
