using System.ComponentModel;
using System.Text;

namespace Experiments.Core;

/// <summary>Reads the values that secrets refer to. Errors name the place, never what is there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SecretValue
{
    /// <summary>More than this is no secret but a mistaken path; environments have no room for it either.</summary>
    private const int BytesMax = 64 * 1024;

    /// <summary>Reads the value of a secret.</summary>
    /// <param name="secret">Where it is.</param>
    /// <param name="directory">Absolute directory that relative paths are below.</param>
    /// <exception cref="ExperimentsException">EXP8300: it is missing, empty or unreadable.</exception>
    public static string Read(Secret secret, string directory)
    {
        if (secret.Variable is { } variable)
        {
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
                ? value
                : throw Missing($"environment variable `{variable}`", "nothing", $"set it where you start the program: `export {variable}=…`");
        }

        if (secret.File is not { } file)
            throw Missing("an environment variable or file", "a secret that refers to nothing", "set it with `Secret.FromEnvironment` or `Secret.FromFile`");
        return ReadFile(file, Path.GetFullPath(Expanded(file), directory));
    }

    private static string ReadFile(string file, string path)
    {
        const string Hint = "create it, readable for you alone (`chmod 600`), with the secret in it";
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[BytesMax + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > BytesMax)
                throw Missing($"file `{file}`", $"more than {BytesMax} bytes", "name the file that holds the secret alone");
            var value = Encoding.UTF8.GetString(bytes, 0, count).TrimEnd('\r', '\n');
            return value.Length > 0 && !value.Contains('\0') ? value : throw Missing($"file `{file}`", value.Length == 0 ? "an empty one" : "one with a zero byte", Hint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Missing($"file `{file}`", e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : "one that can't be read", Hint, e);
        }
    }

    private static string Expanded(string file) => file.StartsWith("~/", StringComparison.Ordinal)
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), file[2..])
        : file;

    private static ExperimentsException Missing(string place, string found, string hint, Exception? cause = null) =>
        new("EXP8300", $"expected {place} to hold a secret, got {found}", hint, cause: cause);
}
