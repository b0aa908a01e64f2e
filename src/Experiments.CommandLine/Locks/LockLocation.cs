namespace Experiments.CommandLine;

/// <summary>Where a program's lock is: beside its project.</summary>
internal static class LockLocation
{
    /// <summary>The lock of this program, which need not exist.</summary>
    public static string Find() => Find(Environment.CurrentDirectory, AppContext.BaseDirectory);

    /// <summary>The lock of a script: beside it, under its name.</summary>
    public static string OfScript(string script) => Path.ChangeExtension(script, ".lock.json");

    /// <summary>The lock in the current directory; else beside the nearest project above the program; else in the current directory.</summary>
    public static string Find(string currentDirectory, string programDirectory)
    {
        var here = Path.Combine(currentDirectory, IdentityLock.FileName);
        if (File.Exists(here))
            return here;
        for (var folder = new DirectoryInfo(programDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, IdentityLock.FileName);
            if (File.Exists(beside) || folder.EnumerateFiles("*.csproj").Any())
                return beside;
        }

        return here;
    }
}
