using System.Collections.Concurrent;

namespace Experiments.Registry.Storage;

/// <summary>The embedded SQL: files of sections, each after a line <c>-- name: section</c>.</summary>
internal static class Sql
{
    private const string Marker = "-- name: ";

    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> s_files = new();

    /// <summary>The text of a statement.</summary>
    /// <param name="name">File and section, such as <c>claim.next</c>.</param>
    public static string Get(string name)
    {
        var dot = name.IndexOf('.');
        return Sections(name[..dot])[name[(dot + 1)..]];
    }

    /// <summary>The sections of a file.</summary>
    public static IReadOnlyDictionary<string, string> Sections(string file) => s_files.GetOrAdd(file, static file => Split(File($"Sql/{file}.sql")));

    /// <summary>The text of an embedded file.</summary>
    public static string File(string path)
    {
        using var stream = typeof(Sql).Assembly.GetManifestResourceStream(path) ?? throw new InvalidOperationException($"{path} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, string> Split(string text)
    {
        var sections = new Dictionary<string, string>();
        for (var start = text.IndexOf(Marker, StringComparison.Ordinal); start >= 0;)
        {
            var line = text.IndexOf('\n', start);
            var next = text.IndexOf(Marker, line, StringComparison.Ordinal);
            sections.Add(text[(start + Marker.Length)..line].Trim(), text[line..(next < 0 ? text.Length : next)].Trim());
            start = next;
        }

        return sections;
    }
}
