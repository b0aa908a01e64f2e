using System.Text;

namespace Experiments.Runtime.ResultFiles;

/// <summary>Comma-separated values as RFC 4180 has them, with <c>\n</c> between lines.</summary>
internal static class CsvText
{
    /// <summary>One line, with its end.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\n";

    /// <summary>The records of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="whole">Characters up to the end of the last record that has one; what follows is not among the records.</param>
    /// <param name="start">Where the first record begins.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text, out int whole, int start = 0)
    {
        var records = new List<IReadOnlyList<string>>();
        whole = start;
        // A quote that somebody forgot to close ends with its line, and not with everything below.
        while ((Record(text, whole, quotes: true) ?? Record(text, whole, quotes: false)) is var (cells, end))
        {
            records.Add(cells);
            whole = end;
        }

        return records;
    }

    /// <summary>The record that begins at a place, and where the next begins; <see langword="null"/>: it has no end.</summary>
    private static (IReadOnlyList<string> Cells, int End)? Record(string text, int start, bool quotes)
    {
        var record = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var (i, cellStart) = (start, start); i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"' when isQuoted || (quotes && i == cellStart):
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    EndCell();
                    cellStart = i + 1;
                    break;
                case '\r' when !isQuoted && i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\n' when !isQuoted:
                    EndCell();
                    return (record, i + 1);
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        return null;

        void EndCell()
        {
            record.Add(cell.ToString());
            cell.Clear();
        }
    }

    private static string Cell(string value) => value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
