using Experiments.Registry;
using Experiments.Runtime.Publishing;

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
        var others = All.Where(v => v != view).Select(v => Link(root, v, runId)).Where(IsLink).ToList();
        if (view is not null && !IsLink(Link(root, view, runId)))
        {
            var link = Link(root, view, runId);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            // A link leads to the same place from every view, so it can be moved, which costs least.
            if (others.Count > 0)
                Renaming.Replace(others[0], link);
            else
                File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(link)!, root.Run(runId).Directory));
        }

        others.Where(IsLink).ToList().ForEach(File.Delete);
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

    /// <summary>Only links are ours: anything else that people put into the views stays.</summary>
    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
