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

    /// <summary>Appends a line, unless the table has one of this execution already.</summary>
    /// <param name="path">The table; made when it isn't there.</param>
    /// <param name="cells">Columns and values; <c>experiment_id</c> and <c>attempt</c> identify the execution.</param>
    /// <exception cref="IOException">The file system refused, or somebody held the lock for half a minute.</exception>
    public static async Task AppendAsync(string path, IReadOnlyList<(string Column, string Value)> cells)
    {
        // A file of its own: the table may be replaced by a rename, and a lock on it would go with the old one.
        await using var alone = await LockAsync(path + ".lock").ConfigureAwait(false);
        var text = File.Exists(path) ? await File.ReadAllTextAsync(path).ConfigureAwait(false) : "";
        var records = CsvText.Read(text, out var whole);
        var columns = records.Count > 0 ? records[0].ToList() : [];
        var known = columns.Count;
        columns.AddRange(cells.Select(c => c.Column).Where(c => !columns.Contains(c)));
        var values = cells.ToDictionary(c => c.Column, c => c.Value);
        if (records.Skip(1).Any(r => IsOf(r, "experiment_id") && IsOf(r, "attempt")))
            return;

        var line = CsvText.Line(columns.Select(c => values.GetValueOrDefault(c, "")));
        if (columns.Count == known)
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            // A kill or a full disk may have torn the last line; its execution is not recorded as published and comes again.
            file.SetLength(Encoding.UTF8.GetByteCount(text.AsSpan(0, whole)));
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(Encoding.UTF8.GetBytes(line)).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            return;
        }

        var all = new StringBuilder(CsvText.Line(columns));
        foreach (var record in records.Skip(1))
            all.Append(CsvText.Line(record.Concat(Enumerable.Repeat("", columns.Count - record.Count))));
        WholeFile.Write(path, Encoding.UTF8.GetBytes(all.Append(line).ToString()));

        bool IsOf(IReadOnlyList<string> record, string column) => columns.IndexOf(column) is var i and >= 0 && i < record.Count && record[i] == values[column];
    }

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
