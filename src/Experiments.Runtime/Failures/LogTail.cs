using System.Text;

namespace Experiments.Runtime.Failures;

/// <summary>The end of an attempt's log.</summary>
internal static class LogTail
{
    private const int TailBytes = 64 * 1024;
    private const int LineCharsMax = 300;

    /// <summary>The last 64 KiB of a log, as text; empty when there is no log.</summary>
    public static string Read(string path)
    {
        try
        {
            using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            log.Position = Math.Max(0, log.Length - TailBytes);
            var bytes = new byte[Math.Min(TailBytes, log.Length)];
            return Encoding.UTF8.GetString(bytes.AsSpan(0, log.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A log that can't be read says nothing; the exit status still counts.
            return "";
        }
    }

    /// <summary>The last line that says something, shortened; <see langword="null"/> when there is none.</summary>
    public static string? LastLine(string tail) =>
        Shorten(tail.Split('\n').Select(line => line[(line.TrimEnd('\r').LastIndexOf('\r') + 1)..].Trim()).LastOrDefault(line => line.Length > 0 && !IsStackFrame(line)));

    /// <summary>The whole line around a place in the text, shortened.</summary>
    public static string LineAt(string tail, int index)
    {
        var start = tail.LastIndexOf('\n', index) + 1;
        var end = tail.IndexOf('\n', index);
        return Shorten(tail[start..(end < 0 ? tail.Length : end)].Trim())!;
    }

    /// <summary>What .NET writes below the exception it is about; Python writes the exception last.</summary>
    private static bool IsStackFrame(string line) =>
        (line.StartsWith("at ", StringComparison.Ordinal) && line.Contains('(')) || line.StartsWith("--- End of ", StringComparison.Ordinal);

    private static string? Shorten(string? line) => line is { Length: > LineCharsMax } ? line[..LineCharsMax] + "…" : line;
}
