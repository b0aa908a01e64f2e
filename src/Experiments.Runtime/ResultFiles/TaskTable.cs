using System.Text;
using Experiments.Runtime.Publishing;

namespace Experiments.Runtime.ResultFiles;

/// <summary>
/// A table that several processes append to: one line an execution, columns that keep their places. A new column goes to the right end, and
/// the lines before it have nothing there.
/// </summary>
internal static class TaskTable
{
    private static readonly TimeSpan LockedMax = TimeSpan.FromSeconds(30);

    /// <summary>What Excel begins a UTF-8 text with.</summary>
    private static readonly string s_mark = Bytewise("\uFEFF");

    /// <summary>Appends a line, unless the table has one of this execution already.</summary>
    /// <param name="path">The table; made when it isn't there.</param>
    /// <param name="identity">Columns that together tell executions apart.</param>
    /// <param name="cells">Columns and values.</param>
    /// <exception cref="IOException">The file system refused, or somebody held the lock for half a minute.</exception>
    public static async Task AppendAsync(string path, IReadOnlyList<string> identity, IReadOnlyList<(string Column, string Value)> cells)
    {
        // A file of its own: the table may be replaced by a rename, and a lock on it would go with the old one.
        await using var alone = await LockAsync(path + ".lock").ConfigureAwait(false);
        // A byte a character: what other programs wrote stays as it is, whatever its encoding, and a place in the text is one in the file.
        var text = File.Exists(path) ? Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path).ConfigureAwait(false)) : "";
        var values = cells.ToDictionary(c => Bytewise(c.Column), c => Bytewise(c.Value));
        var mark = text.StartsWith(s_mark, StringComparison.Ordinal) ? s_mark : "";
        var records = CsvText.Read(text, out var whole, mark.Length).ToList();
        var columns = records.Count > 0 ? records[0].ToList() : [];
        // A kill or a full disk may have torn the last line; its execution is not recorded as published and comes again. An editor only leaves out its end.
        var isUnended = whole < text.Length && CsvText.Read(text[whole..] + "\n", out _) is [var last] && last.Count >= columns.Count && !IsThis(last);
        if (isUnended)
        {
            text += "\n";
            records = [.. CsvText.Read(text, out whole, mark.Length)];
            columns = [.. records[0]];
        }

        if (records.Skip(1).Any(IsThis))
            return;
        var known = columns.Count;
        columns.AddRange(values.Keys.Where(c => !columns.Contains(c)));
        var line = CsvText.Line(columns.Select(c => values.GetValueOrDefault(c, "")));
        if (columns.Count == known)
        {
            var kept = isUnended ? whole - 1 : whole;
            await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            file.SetLength(kept);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(Encoding.Latin1.GetBytes(text[kept..whole] + line)).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            return;
        }

        var all = new StringBuilder(mark).Append(CsvText.Line(columns));
        foreach (var record in records.Skip(1))
            all.Append(CsvText.Line(record.Concat(Enumerable.Repeat("", Math.Max(0, columns.Count - record.Count)))));
        WholeFile.Write(path, Encoding.Latin1.GetBytes(all.Append(line).ToString()));

        bool IsThis(IReadOnlyList<string> record) => identity.All(c => columns.IndexOf(c) is var i and >= 0 && i < record.Count && record[i] == values[c]);
    }

    /// <summary>A text whose characters are the bytes of its UTF-8.</summary>
    private static string Bytewise(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static async Task<FileStream> LockAsync(string path)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < LockedMax)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
            }
        }
    }
}
