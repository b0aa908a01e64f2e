using Experiments.Registry;

namespace Experiments.Runtime.Reports;

/// <summary>Follows the events file of an attempt: every reading returns what was appended since.</summary>
internal sealed class EventTail
{
    /// <summary>A line longer than this is garbage.</summary>
    public const int LineBytesMax = 1024 * 1024;

    private const int BatchBytesMax = 4 * 1024 * 1024;
    private const int MalformedMax = 100;

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly long _recorded;
    private readonly RankMetrics _ranks;
    private readonly Dictionary<string, double> _last = [];
    private long _offset;
    private int _malformed;

    /// <summary>Begins at the start of the file.</summary>
    /// <param name="path">The file; it need not exist yet.</param>
    /// <param name="recorded">Bytes that are recorded already: they count for <see cref="LastValues"/> but are not returned again.</param>
    /// <param name="ranks">What single ranks reported.</param>
    /// <param name="time">The clock.</param>
    public EventTail(string path, long recorded, RankMetrics ranks, TimeProvider time)
    {
        _ranks = ranks;
        _path = path;
        _recorded = recorded;
        _time = time;
    }

    /// <summary>Bytes of the file read so far.</summary>
    public long Offset => _offset;

    /// <summary>Last value of each metric so far.</summary>
    public IReadOnlyDictionary<string, double> LastValues => _last;

    /// <summary>Reads what was appended; call again until it returns <see langword="null"/> to read everything.</summary>
    /// <param name="ended">Whether the attempt has ended, so that a last line without its end counts.</param>
    /// <returns><see langword="null"/> when there is nothing new.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    public ReportBatch? Read(bool ended)
    {
        var file = new FileInfo(_path);
        if (!file.Exists || file.Length == _offset)
            return null;
        if (file.Length < _offset)
            _offset = 0; // The trainer began the file anew.
        var wasRecorded = _offset < _recorded;
        var bytes = ReadFrom(_offset, wasRecorded ? Math.Min(BatchBytesMax, _recorded - _offset) : BatchBytesMax);
        var batch = Parse(bytes, ended && _offset + bytes.Length >= file.Length);
        if (batch.Offset == _offset)
            return null;
        _offset = batch.Offset;
        foreach (var point in batch.Points)
            _last[point.Metric] = point.Value;
        foreach (var (rank, point) in batch.RankPoints)
        {
            if (_ranks.Add(rank, point) is { } whole)
                batch.Points.Add(whole);
        }

        return wasRecorded ? new ReportBatch { Progress = batch.Progress, Offset = batch.Offset } : batch;
    }

    private ReportBatch Parse(ReadOnlyMemory<byte> bytes, bool takeUnfinished)
    {
        var batch = new ReportBatch { Offset = _offset };
        var now = _time.GetUtcNow();
        while (!bytes.IsEmpty)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            if (end < 0 && !takeUnfinished && bytes.Length <= LineBytesMax)
                break;
            var line = end < 0 ? bytes : bytes[..end];
            if (line.Length > LineBytesMax)
                EventLine.AddMalformed(line.Span, $"expected a line of at most {LineBytesMax} bytes", now, batch);
            else
                EventLine.Read(line, now, batch);
            var taken = end < 0 ? line.Length : end + 1;
            batch.Offset += taken;
            bytes = bytes[taken..];
        }

        // A trainer that writes something else altogether into the file must not fill the registry; the file keeps it all.
        batch.Events.RemoveAll(e => e.Name == EventLine.Malformed && ++_malformed > MalformedMax);
        return batch;
    }

    private byte[] ReadFrom(long offset, long count)
    {
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        stream.Position = offset;
        // It may have become shorter since its length was asked.
        var bytes = new byte[Math.Max(0, Math.Min(count, stream.Length - offset))];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
