namespace Experiments.Runtime.Publishing;

/// <summary>Writes files that are whole or absent, also after a kill: written aside, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, replacing what was there.</summary>
    public static void Write(string path, ReadOnlySpan<byte> contents)
    {
        var aside = $"{path}.{Environment.ProcessId}.tmp";
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            file.Write(contents);
        Renaming.Replace(aside, path);
    }
}
