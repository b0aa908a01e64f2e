namespace Experiments.Runtime.Publishing;

/// <summary>Writes files that are whole or absent, also after a kill: written aside, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, replacing what was there.</summary>
    public static void Write(string path, ReadOnlySpan<byte> contents)
    {
        var aside = Aside(path);
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            file.Write(contents);
        Renaming.Replace(aside, path);
    }

    /// <summary>Copies a file of any size, replacing what was there.</summary>
    public static void Copy(string source, string path)
    {
        var aside = Aside(path);
        File.Copy(source, aside, overwrite: true);
        Renaming.Replace(aside, path);
    }

    private static string Aside(string path) => $"{path}.{Environment.ProcessId}.tmp";
}
