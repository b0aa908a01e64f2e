namespace Experiments.Scripting.Sources;

/// <summary>Reading scripts. Apart from parsing them, so that a warm start loads no compiler.</summary>
internal static class ScriptBytes
{
    /// <summary>More than anybody writes by hand.</summary>
    private const int BytesMax = 16 * 1024 * 1024;

    /// <summary>The bytes of a script.</summary>
    /// <exception cref="ExperimentsException">EXP9001: it can't be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.Length > BytesMax)
                throw new ExperimentsException("EXP9001", $"expected script `{path}` to be at most {BytesMax / 1024 / 1024} MiB, got {file.Length / 1024 / 1024} MiB", "give data to a script as a file it reads");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExperimentsException("EXP9001", $"expected script `{path}` to exist, got no file there", "paths are relative to the current directory", ExitCode.NotFound, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentsException("EXP9001", $"expected script `{path}` to be readable, got: {e.Message.TrimEnd('.')}", "check its permissions", ExitCode.NotFound, e);
        }
    }
}
