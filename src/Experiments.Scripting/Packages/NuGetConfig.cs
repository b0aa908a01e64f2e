namespace Experiments.Scripting.Packages;

/// <summary>Where a script's package sources are set.</summary>
internal static class NuGetConfig
{
    private static readonly EnumerationOptions AnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive };

    /// <summary>The nearest <c>nuget.config</c> in a directory or above it; <see langword="null"/>: the user's own applies.</summary>
    public static string? Nearest(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && folder.EnumerateFiles("nuget.config", AnyCase).FirstOrDefault() is { } found)
                return found.FullName;
        }

        return null;
    }
}
