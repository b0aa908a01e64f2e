namespace Experiments.Runtime.Processes;

/// <summary>Finds executables as a shell does.</summary>
internal static class Executable
{
    /// <summary>Absolute path of a program: a path is taken as it is, a bare name is looked up in <c>PATH</c>; <see langword="null"/> when there is none.</summary>
    /// <param name="name">Name or path.</param>
    /// <param name="directory">What a relative path is relative to.</param>
    public static string? Find(string name, string directory)
    {
        if (name.Contains('/'))
        {
            var path = Path.GetFullPath(name, directory);
            return CanExecute(path) ? path : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.GetFullPath(Path.Combine(folder, name)))
            .FirstOrDefault(CanExecute);
    }

    private static bool CanExecute(string path)
    {
        const UnixFileMode anyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & anyExecute) != 0);
    }
}
