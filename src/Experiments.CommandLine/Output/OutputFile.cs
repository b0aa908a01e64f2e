namespace Experiments.CommandLine;

/// <summary>Files that were named to be written.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file; it is whole or as it was.</summary>
    /// <exception cref="ExperimentsException">EXP8109: it can't be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        path = Path.GetFullPath(path);
        var scratch = $"{path}.{Environment.ProcessId}.tmp";
        Guard(path, () =>
        {
            // Without a folder for it nothing is to be cleared away, either.
            using var file = new FileStream(scratch, FileMode.Create, FileAccess.Write);
            try
            {
                write(file);
                file.Flush(flushToDisk: true);
                File.Move(scratch, path, overwrite: true);
            }
            catch
            {
                File.Delete(scratch);
                throw;
            }
        });
    }

    /// <summary>Writes by other means.</summary>
    /// <exception cref="ExperimentsException">EXP8109: the file can't be written.</exception>
    public static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, error);
        }
    }

    /// <summary>The error for what the system said.</summary>
    public static ExperimentsException Unwritable(string path, Exception error) => new("EXP8109", $"expected to write `{path}`, got {error switch
    {
        DirectoryNotFoundException => $"no folder `{Path.GetDirectoryName(Path.GetFullPath(path))}`",
        UnauthorizedAccessException => "no permission",
        _ => $"an error: {error.Message.TrimEnd('.')}",
    }}", error is DirectoryNotFoundException ? "create the folder first, or name another one" : "name a file that you may write", cause: error);
}
