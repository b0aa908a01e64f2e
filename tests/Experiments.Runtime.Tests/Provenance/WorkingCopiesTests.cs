using System.Diagnostics;
using Experiments.Runtime.Provenance;

namespace Experiments.Runtime.Tests.Provenance;

public sealed class WorkingCopiesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("experiments-");

    public void Dispose() => _directory.Delete(recursive: true);

    private string Code => Path.Combine(_directory.FullName, "train.py");

    private ResultsRoot Root => ResultsRoot.At(Path.Combine(_directory.FullName, "results"));

    [Fact]
    public async Task What_changes_while_a_worker_runs_is_seen_and_git_is_not_asked_for_every_run()
    {
        var copies = Begin();
        var first = copies.StateAsync(_directory.FullName);
        var clean = (await first)!;
        Assert.Same(first, copies.StateAsync(_directory.FullName));

        await File.WriteAllTextAsync(Code, "edited");
        var edited = await UntilAsync(copies, c => c.IsDirty);
        Git("commit", "-qam", "edited");
        var committed = await UntilAsync(copies, c => !c.IsDirty);

        Assert.Equal((false, null), (clean.IsDirty, clean.DiffFile));
        Assert.Equal(clean.Commit, edited.Commit);
        Assert.Contains("+edited", await File.ReadAllTextAsync(Path.Combine(Root.Directory, edited.DiffFile!)), StringComparison.Ordinal);
        Assert.NotEqual(clean.Commit, committed.Commit);
    }

    [Fact]
    public async Task Results_in_the_repository_are_no_changes_and_what_could_not_be_kept_is_asked_for_again()
    {
        var copies = Begin();
        await File.WriteAllTextAsync(Path.Combine(Root.Directory, "t_results.csv"), "another line");
        Assert.False((await copies.StateAsync(_directory.FullName))!.IsDirty);

        await File.WriteAllTextAsync(Code, "edited");
        await File.WriteAllTextAsync(Path.Combine(Root.Directory, "logs"), "in the way");
        var other = new WorkingCopies(Root);
        await Assert.ThrowsAnyAsync<IOException>(() => other.StateAsync(_directory.FullName));
        File.Delete(Path.Combine(Root.Directory, "logs"));

        Assert.True((await other.StateAsync(_directory.FullName))!.IsDirty);
    }

    private WorkingCopies Begin()
    {
        File.WriteAllText(Code, "as it was");
        Directory.CreateDirectory(Root.Directory);
        File.WriteAllText(Path.Combine(Root.Directory, "t_results.csv"), "a line");
        Git("init", "-q");
        Git("add", ".");
        Git("commit", "-qm", "begun");
        return new WorkingCopies(Root);
    }

    private async Task<WorkingCopy> UntilAsync(WorkingCopies copies, Func<WorkingCopy, bool> condition)
    {
        WorkingCopy? seen = null;
        await Eventually.TrueAsync(async () => condition((seen = await copies.StateAsync(_directory.FullName))!), "git said so");
        return seen!;
    }

    private void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", .. arguments]) { WorkingDirectory = _directory.FullName })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
