using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary>A worker with people around: they see what it does and may stop it.</summary>
internal static class WatchedWorker
{
    /// <summary>Runs a worker to its end.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="root">Its results root.</param>
    /// <param name="options">What the worker may use.</param>
    /// <param name="expected">Ids of the runs it is to work on, as far as known.</param>
    /// <param name="terminal">Where people watch.</param>
    /// <param name="toError">Keep standard output for data.</param>
    /// <param name="cancel">Stops it, as a first Ctrl-C does.</param>
    public static async Task<WorkerReport> RunAsync(
        IRegistry registry, ResultsRoot root, WorkerOptions options, IEnumerable<string> expected, Terminal terminal, bool toError, CancellationToken cancel)
    {
        await using var progress = ProgressView.Create(terminal, new ProgressBoard(expected), toError);
        using var interrupts = new Interrupts(
            $"stopping: running attempts get {Words.Duration(options.Grace)} to save their state, the rest stays pending; Ctrl-C again kills them at once", progress.Warn, cancel);
        return await new Worker(registry, root, options, progress).RunAsync(interrupts.Stop, interrupts.Kill).ConfigureAwait(false);
    }
}
