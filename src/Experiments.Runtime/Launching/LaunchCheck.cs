using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Launching;

/// <summary>Finds out, before an attempt starts, what of its launch has gone since it was planned.</summary>
internal static class LaunchCheck
{
    /// <summary>What is missing, in words; <see langword="null"/> when the launch can be tried.</summary>
    public static string? Missing(Launch launch)
    {
        if (!launch.IsResolved)
            return "expected the launch to be resolved, got one as declared; submit the run again";
        var directory = launch.WorkingDirectory!;
        if (!Directory.Exists(directory))
            return $"expected working directory `{directory}` to exist, got nothing";
        if (Executable.Find(launch.Program[0], directory) is null)
            return $"expected program `{launch.Program[0]}` to be an executable file, got none";
        if (launch.Kind == LaunchKind.File && !File.Exists(Path.GetFullPath(launch.Target, directory)))
            return $"expected entrypoint `{launch.Target}` to exist in `{directory}`, got nothing";
        return null;
    }
}
