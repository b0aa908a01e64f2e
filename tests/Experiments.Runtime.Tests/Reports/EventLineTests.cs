using System.Text;
using Experiments.Runtime.Reports;

namespace Experiments.Runtime.Tests.Reports;

public sealed class EventLineTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_line_may_say_several_things()
    {
        var batch = Read("""{"metrics":{"loss":0.5,"acc":1},"step":3,"time":1730000000.25,"progress":0.4,"event":"epoch_complete","data":{"epoch":3},"artifact":"model","path":"m.pt"}""");

        Assert.Equal([("loss", 0.5), ("acc", 1)], batch.Points.Select(p => (p.Metric, p.Value)));
        Assert.All(batch.Points, p => Assert.Equal((3, DateTimeOffset.UnixEpoch.AddSeconds(1730000000.25)), (p.Step, p.Time)));
        Assert.Equal(0.4, batch.Progress);
        Assert.Equal([("epoch_complete", """{"epoch":3}"""), ("artifact", """{"name":"model","path":"m.pt"}""")], batch.Events.Select(e => (e.Name, e.Data)));
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    [InlineData("\"inf\"", double.PositiveInfinity)]
    [InlineData("null", double.NaN)]
    [InlineData("true", 1)]
    [InlineData("1e-5", 1e-5)]
    public void A_metric_may_be_written_as(string text, double expected) =>
        Assert.Equal(expected, Assert.Single(Read($$"""{"metrics":{"x": {{text}} } }""").Points).Value);

    [Fact]
    public void Words_inside_strings_stay_as_they_are()
    {
        var batch = Read("""{"event":"NaN in \"Infinity\" \\","data":{"loss":NaN}}""");

        Assert.Equal("NaN in \"Infinity\" \\", Assert.Single(batch.Events).Name);
    }

    [Theory]
    [InlineData("epoch 1: loss 0.5", "expected a JSON object on one line")]
    [InlineData("[1, 2]", "expected a JSON object on one line")]
    [InlineData("{\"metrics\":{\"x\":1}", "expected a JSON object on one line")]
    [InlineData("{\"loss\":0.5}", "expected one of the keys `metrics`, `progress`, `event` and `artifact`")]
    [InlineData("{\"metrics\":[0.5]}", "expected `metrics` to be an object of names and numbers")]
    [InlineData("{\"metrics\":{\"x\":\"high\"}}", "expected metric `x` to be a number")]
    [InlineData("{\"metrics\":{},\"step\":1.5}", "expected `step` to be a whole number")]
    public void What_is_not_understood_is_an_event_that_says_why(string line, string problem)
    {
        var batch = Read(line);

        Assert.Contains(problem.Replace("`", "\\u0060", StringComparison.Ordinal), Assert.Single(batch.Events, e => e.Name == "malformed").Data);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_kept_as_an_event()
    {
        var batch = new ReportBatch();

        EventLine.Read(new byte[] { 0xff, 0xfe, 0x00, 0x22 }, Now, batch);

        Assert.Equal("malformed", Assert.Single(batch.Events).Name);
    }

    [Fact]
    public void Empty_lines_say_nothing() => Assert.True(Read("  \r").IsEmpty);

    private static ReportBatch Read(string line)
    {
        var batch = new ReportBatch();
        EventLine.Read(Encoding.UTF8.GetBytes(line), Now, batch);
        return batch;
    }
}
