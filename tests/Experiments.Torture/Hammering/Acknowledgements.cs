using System.Globalization;

namespace Experiments.Torture.Hammering;

/// <summary>
/// What the registry has told a process: one line each, written after the answer came. Lines survive a kill, and a last line
/// that a kill has torn counts as not written.
/// </summary>
internal sealed class Acknowledgements : IDisposable
{
    private readonly FileStream _file;

    public Acknowledgements(string directory, string worker) =>
        _file = new FileStream(Path.Combine(directory, worker + ".acks"), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Notes an answer.</summary>
    /// <param name="what"><c>submitted</c>, <c>claimed</c>, <c>completed</c>, <c>failed</c> or <c>error</c>.</param>
    /// <param name="id">The run, or the error.</param>
    /// <param name="epoch">The epoch of a claim or an end.</param>
    public void Note(string what, string id, long epoch = 0)
    {
        var line = System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}\t{id.ReplaceLineEndings(" ")}\t{epoch}\n"));
        lock (_file)
            _file.Write(line);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>All whole lines of all processes.</summary>
    public static List<(string What, string Id, long Epoch, string Worker)> ReadAll(string directory)
    {
        var all = new List<(string, string, long, string)>();
        foreach (var file in Directory.GetFiles(directory, "*.acks"))
        {
            var text = File.ReadAllText(file);
            foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Split('\t') is [var what, var id, var epoch])
                    all.Add((what, id, long.Parse(epoch, CultureInfo.InvariantCulture), Path.GetFileNameWithoutExtension(file)));
            }
        }

        return all;
    }
}
