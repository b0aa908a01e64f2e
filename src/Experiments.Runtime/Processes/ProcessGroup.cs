using Experiments.Registry;

namespace Experiments.Runtime.Processes;

/// <summary>Signals and waits for whole process groups that other processes started.</summary>
internal static class ProcessGroup
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends a signal to a process and everything in its group. One that has ended holds its id until it is reaped, so the group is still its own.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Signal(ProcessIdentity leader, int signal) => ProcFs.IsThere(leader) && Libc.kill(-leader.Pid, signal) == 0;

    /// <summary>Waits, without polling, until a process that need not be our child has ended.</summary>
    public static Task WaitAsync(ProcessIdentity process)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        const int smallStackBytes = 64 * 1024;
        new Thread(() =>
        {
            try
            {
                Wait(process);
                ended.SetResult();
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        }, smallStackBytes) { IsBackground = true, Name = $"wait {process.Pid}" }.Start();
        return ended.Task;
    }

    private static unsafe void Wait(ProcessIdentity process)
    {
        const nint pidfdOpen = 434;
        using var descriptor = new Microsoft.Win32.SafeHandles.SafeFileHandle(Libc.syscall(pidfdOpen, process.Pid, 0), ownsHandle: true);
        // A kernel before 5.3, a sandbox that forbids it, or no descriptor left: then only looking now and then is left.
        while (descriptor.IsInvalid && ProcFs.IsRunning(process))
            Thread.Sleep(LookEvery);
        // The id may have been given to another process before the descriptor was opened; afterwards it can't.
        if (!ProcFs.IsRunning(process))
            return;
        const short readable = 1;
        var entry = new Libc.PollEntry { Descriptor = (int)descriptor.DangerousGetHandle(), Events = readable };
        while (Libc.poll(&entry, 1, Timeout.Infinite) < 0)
        {
            // Interrupted by a signal.
        }
    }
}
