using System.Text;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Publishing;

namespace Experiments.Runtime.Provenance;

/// <summary>The state of the git working copy that holds a run's code.</summary>
/// <param name="Commit">The commit checked out.</param>
/// <param name="Branch">The branch; empty when detached.</param>
/// <param name="IsDirty">Whether tracked files, results aside, differ from the commit.</param>
/// <param name="DiffFile">Path, relative to the results root, of the differences; <see langword="null"/> when there are none.</param>
internal sealed record WorkingCopy(string Commit, string Branch, bool IsDirty, string? DiffFile)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Reads the state, and stores the differences once under their hash; <see langword="null"/> when the directory is in no working copy or git is slow or missing.</summary>
    public static async Task<WorkingCopy?> ReadAsync(string directory, ResultsRoot root)
    {
        if (Executable.Find("git", "/") is not { } git)
            return null;
        var branch = Ask("symbolic-ref", "--quiet", "--short", "HEAD");
        if (await Ask("rev-parse", "HEAD", "--show-toplevel").ConfigureAwait(false) is not { } head || head.Split('\n') is not [var commit, var top, ..])
            return null;
        var changes = await Ask(["diff", "HEAD", "--no-ext-diff", "--no-color", "--submodule=short", .. Without(top)]).ConfigureAwait(false) ?? "";
        return new WorkingCopy(commit.Trim(), (await branch.ConfigureAwait(false) ?? "").Trim(), changes.Length > 0, changes.Length > 0 ? Store(changes, root) : null);

        // Results that are in the repository too are no code, and every run changes them.
        string[] Without(string top) =>
            Path.GetRelativePath(top, root.Directory) is var results && results != "." && !results.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(results)
                ? ["--", ":(top)", $":(top,exclude,literal){results}"]
                : [];

        // Without locks: somebody may be at work in there.
        async Task<string?> Ask(params string[] arguments) =>
            await Command.TryRunAsync([git, "--no-optional-locks", .. arguments], directory, Limit).ConfigureAwait(false) is (0, var output) ? output : null;
    }

    private static string Store(string diff, ResultsRoot root)
    {
        var bytes = Encoding.UTF8.GetBytes(diff);
        var relative = Path.Combine("logs", "system", "diffs", $"{ContentHash.Compute(bytes)}.diff");
        var path = Path.Combine(root.Directory, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            WholeFile.Write(path, bytes);
        return relative;
    }
}
