using System.Text;

namespace Experiments.Runtime.ResultFiles;

/// <summary>Comma-separated values as RFC 4180 has them, with <c>\n</c> between lines.</summary>
internal static class CsvText
{
    /// <summary>One line, with its end.</summary>
    public static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\n";

    /// <summary>The records of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="whole">Characters up to the end of the last record that has one; what follows is torn and not among the records.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text, out int whole)
    {
        var records = new List<IReadOnlyList<string>>();
        var record = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        whole = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    EndCell();
                    break;
                case '\r' when !isQuoted && i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\n' when !isQuoted:
                    EndCell();
                    records.Add(record);
                    record = [];
                    whole = i + 1;
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        return records;

        void EndCell()
        {
            record.Add(cell.ToString());
            cell.Clear();
        }
    }

    private static string Cell(string value) => value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
