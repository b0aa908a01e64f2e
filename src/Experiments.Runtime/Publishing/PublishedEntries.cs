using System.Text;
using System.Text.Json;

namespace Experiments.Runtime.Publishing;

/// <summary>
/// What an attempt placed in its run's home, noted as a line of the attempt's process record before the first entry moves: a later execution
/// of the run takes away what it did not write again, and nothing that people put there.
/// </summary>
internal static class PublishedEntries
{
    /// <summary>Suffix of the note that an attempt was published: its process record, renamed.</summary>
    public const string Suffix = ".published.jsonl";

    /// <summary>Appends the line, durably.</summary>
    public static void Write(FileStream record, IReadOnlyCollection<string> entries)
    {
        // A kill may have torn the line before; this one stands alone.
        record.Seek(0, SeekOrigin.End);
        record.Write(Encoding.UTF8.GetBytes($"\n{JsonSerializer.Serialize(new Dictionary<string, IReadOnlyCollection<string>> { ["entries"] = entries })}\n"));
        record.Flush(flushToDisk: true);
    }

    /// <summary>Reads the line: paths below the home; <see langword="null"/> when there is none.</summary>
    public static IReadOnlyList<string>? Read(Stream record)
    {
        record.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(record, leaveOpen: true);
        var lines = reader.ReadToEnd().Split('\n')[..^1];
        foreach (var line in lines.Where(l => l.StartsWith("{\"entries\"", StringComparison.Ordinal)))
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                return [.. json.RootElement.GetProperty("entries").EnumerateArray().Select(e => e.GetString()!).Where(IsEntry)];
            }
            catch (JsonException)
            {
                // Torn by a power loss: the line that was written after it counts.
                continue;
            }
        }

        return null;
    }

    /// <summary>What the latest earlier publication of the run placed.</summary>
    public static IReadOnlyList<string> Earlier(RunHome home, int attempt)
    {
        var latest = Numbers(home).Where(n => n < attempt).DefaultIfEmpty().Max();
        if (latest == 0)
            return [];
        using var record = File.OpenRead(home.Staging(latest) + Suffix);
        return Read(record) ?? [];
    }

    /// <summary>Numbers of the attempts that were published, in no order.</summary>
    public static IEnumerable<int> Numbers(RunHome home)
    {
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(home.Staging(1))!, "*" + Suffix))
        {
            if (int.TryParse(Path.GetFileName(path)[..^Suffix.Length], out var number))
                yield return number;
        }
    }

    // The file may have been edited, and what it names is deleted.
    private static bool IsEntry(string path) => path.StartsWith(Publisher.ClashDirectory + "/", StringComparison.Ordinal)
        ? EntryName.IsValid(path[(Publisher.ClashDirectory.Length + 1)..])
        : EntryName.IsValid(path) && !Publisher.IsReserved(path);
}
