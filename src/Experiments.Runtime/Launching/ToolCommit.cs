namespace Experiments.Runtime.Launching;

/// <summary>The commit that a tool's folder is at, from git's own files: planning starts no process for it.</summary>
internal static class ToolCommit
{
    private const int ShortestHash = 7;

    /// <summary>Refuses a tool that is at another commit than declared.</summary>
    /// <exception cref="ExperimentsException">EXP8284.</exception>
    public static void Check(string tool, string folder, string declared)
    {
        if (declared.Length < ShortestHash || !declared.All(char.IsAsciiHexDigit))
            throw new ExperimentsException("EXP8284", $"expected `Commit` of tool `{tool}` to be {ShortestHash} or more characters of a hash, got `{declared}`", $"`git -C {folder} rev-parse HEAD` says which it is at");
        var actual = Of(folder);
        if (actual?.StartsWith(declared, StringComparison.OrdinalIgnoreCase) == true)
            return;
        throw new ExperimentsException("EXP8284", $"expected tool `{tool}` to be at commit {declared}, got {(actual is null ? "a folder that is no clone of its own" : actual[..Math.Max(declared.Length, 12)])}",
            $"`git -C {folder} checkout {declared}`, or correct `Commit` in `[Entrypoint]`");
    }

    /// <summary>The hash of the commit checked out; <see langword="null"/>: the folder is no clone and no submodule.</summary>
    internal static string? Of(string folder)
    {
        var git = Path.Combine(folder, ".git");
        // Submodules and worktrees have a file there that names the folder.
        if (File.Exists(git) && File.ReadAllText(git).Trim() is var link && link.StartsWith("gitdir: ", StringComparison.Ordinal))
            git = Path.GetFullPath(link["gitdir: ".Length..], folder);
        if (Read(Path.Combine(git, "HEAD")) is not { } head)
            return null;
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var name = head["ref: ".Length..];
        var common = Read(Path.Combine(git, "commondir")) is { } shared ? Path.GetFullPath(shared, git) : git;
        return Read(Path.Combine(common, name))
            ?? Read(Path.Combine(common, "packed-refs"))?.Split('\n').FirstOrDefault(line => line.TrimEnd().EndsWith(" " + name, StringComparison.Ordinal))?.Split(' ')[0];
    }

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;
}
