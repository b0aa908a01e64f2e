using Experiments.Registry;

namespace Experiments.Runtime;

/// <summary>
/// The views under <c>experiments/{active,completed,failed,archived}</c>: relative symbolic links to the homes of runs. A convenience for
/// people: never read by the system, and rebuildable from the registry.
/// </summary>
public static class RunViews
{
    private const string Active = "active";
    private const string Completed = "completed";
    private const string Failed = "failed";
    private const string Archived = "archived";
    private static readonly string[] All = [Active, Completed, Failed, Archived];

    /// <summary>Shows a run in the view of its state, and in no other.</summary>
    /// <param name="root">The results root.</param>
    /// <param name="runId">The run.</param>
    /// <param name="status">Its state; a run that waits or was cancelled is in no view.</param>
    /// <exception cref="IOException">The link can't be made.</exception>
    public static void Show(ResultsRoot root, string runId, RunStatus status)
    {
        var view = ViewOf(status);
        foreach (var other in All.Where(v => v != view))
            Delete(Link(root, other, runId));
        if (view is null)
            return;
        var link = Link(root, view, runId);
        if (new FileInfo(link).LinkTarget is not null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(link)!, root.Run(runId).Directory));
    }

    /// <summary>Makes all views anew.</summary>
    /// <param name="root">The results root.</param>
    /// <param name="runs">All runs of the registry.</param>
    /// <exception cref="IOException">A link can't be made.</exception>
    public static void Rebuild(ResultsRoot root, IEnumerable<RunRecord> runs)
    {
        foreach (var view in All.Select(v => Path.Combine(root.Views, v)).Where(Directory.Exists))
            Directory.Delete(view, recursive: true);
        foreach (var run in runs)
            Show(root, run.Id, run.Status);
    }

    private static string? ViewOf(RunStatus status) => status switch
    {
        RunStatus.Running => Active,
        RunStatus.Completed => Completed,
        RunStatus.Failed => Failed,
        _ => null,
    };

    private static string Link(ResultsRoot root, string view, string runId) => Path.Combine(root.Views, view, runId);

    private static void Delete(string link)
    {
        // Only ever a link of ours: anything else that people put here stays.
        if (new FileInfo(link).LinkTarget is not null)
            File.Delete(link);
    }
}
