using System.Text;
using Experiments.Runtime.Reports;

namespace Experiments.Runtime.Tests.Reports;

public sealed class EventTailTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Only_what_was_appended_since_is_returned()
    {
        var tail = Tail();
        Append("""{"metrics":{"a":1},"step":1}""" + "\n");
        Assert.Equal([1], Values(tail.Read(false)));
        Assert.Null(tail.Read(false));

        Append("""{"metrics":{"a":2},"step":2}""" + "\n");

        Assert.Equal([2], Values(tail.Read(false)));
    }

    [Fact]
    public void A_line_without_its_end_waits_for_it_until_the_attempt_has_ended()
    {
        var tail = Tail();
        Append("{\"metrics\":{\"a\":1}}\n{\"metrics\":{\"a\"");
        Assert.Equal([1], Values(tail.Read(false)));
        Assert.Null(tail.Read(false));

        Append(":2}}");

        Assert.Null(tail.Read(false));
        Assert.Equal([2], Values(tail.Read(true)));
        Assert.Null(tail.Read(true));
    }

    [Fact]
    public void What_is_recorded_already_counts_for_the_last_values_only()
    {
        Append("{\"metrics\":{\"a\":1,\"b\":1}}\n");
        var recorded = new FileInfo(_file).Length;
        Append("{\"metrics\":{\"a\":2}}\n");
        var tail = new EventTail(_file, recorded, Ranks(), TimeProvider.System);

        Assert.True(tail.Read(true)!.IsEmpty);
        Assert.Equal([2], Values(tail.Read(true)));
        Assert.Equal((2, 1), (tail.LastValues["a"], tail.LastValues["b"]));
    }

    [Fact]
    public void A_line_that_never_ends_is_malformed_and_bounded()
    {
        var tail = Tail();
        Append(new string('x', EventTail.LineBytesMax + 10));

        var batch = tail.Read(false)!;

        Assert.Equal("malformed", Assert.Single(batch.Events).Name);
        Assert.InRange(batch.Events[0].Data.Length, 1, 1000);
        Assert.Equal(new FileInfo(_file).Length, batch.Offset);
    }

    [Fact]
    public void A_flood_of_garbage_does_not_fill_the_registry()
    {
        var tail = Tail();
        Append(string.Concat(Enumerable.Repeat("garbage\n", 10_000)));

        Assert.Equal(100, tail.Read(true)!.Events.Count);
        Append("garbage\n{\"metrics\":{\"a\":1}}\n");
        var batch = tail.Read(true)!;
        Assert.Empty(batch.Events);
        Assert.Equal([1], Values(batch));
    }

    [Fact]
    public void A_file_that_is_begun_anew_is_read_from_its_start()
    {
        var tail = Tail();
        Append("{\"metrics\":{\"a\":1}}\n{\"metrics\":{\"a\":2}}\n");
        tail.Read(false);

        File.WriteAllText(_file, "{\"metrics\":{\"a\":3}}\n");

        Assert.Equal([3], Values(tail.Read(false)));
    }

    private EventTail Tail() => new(_file, 0, Ranks(), TimeProvider.System);

    private void Append(string text) => File.AppendAllText(_file, text, new UTF8Encoding(false));

    private static IEnumerable<double> Values(ReportBatch? batch) => batch!.Points.Select(p => p.Value);

    private static RankMetrics Ranks() => new(new ExperimentDefinition { Name = "x", IdTemplate = "{hash}", Launch = new Launch { Kind = LaunchKind.Method } });
}
