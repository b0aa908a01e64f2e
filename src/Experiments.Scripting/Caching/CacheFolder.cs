namespace Experiments.Scripting.Caching;

/// <summary>Where compiled scripts and resolved packages are kept. Everything in it can be made again; several processes may use it at a time.</summary>
internal sealed class CacheFolder
{
    public CacheFolder(string root)
    {
        Root = root;
        Scripts = Path.Combine(root, "scripts");
        Index = Path.Combine(root, "index");
        Packages = Path.Combine(root, "packages");
    }

    public string Root { get; }

    /// <summary>A folder for each compiled script, named by the hash of all that went into it.</summary>
    public string Scripts { get; }

    /// <summary>A file for each version of each script, which says what it was compiled to.</summary>
    public string Index { get; }

    /// <summary>A file for each set of package references.</summary>
    public string Packages { get; }

    /// <summary>The user's: <c>EXP_CACHE</c>, else <c>experiments</c> in <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>.</summary>
    public static CacheFolder OfUser()
    {
        if (Environment.GetEnvironmentVariable("EXP_CACHE") is { Length: > 0 } set)
            return new CacheFolder(Path.GetFullPath(set));
        var home = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache)
                ? cache
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new CacheFolder(Path.Combine(home, "experiments"));
    }

    /// <summary>A new, empty folder, to be filled and then renamed or deleted.</summary>
    /// <exception cref="ExperimentsException">EXP9016: the cache can't be written.</exception>
    public string NewFolder()
    {
        var path = Path.Combine(Root, "new", Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentsException("EXP9016", $"expected to write compiled scripts to `{Root}`, got: {e.Message}", "set `EXP_CACHE` to a folder that can be written");
        }

        return path;
    }

    /// <summary>Writes a file aside and renames it: readers see it whole or not at all.</summary>
    public void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = Path.Combine(NewFolder(), "file");
        File.WriteAllBytes(aside, bytes);
        File.Move(aside, path, overwrite: true);
        Directory.Delete(Path.GetDirectoryName(aside)!);
    }
}
