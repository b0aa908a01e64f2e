using Experiments.Core;
using Xunit;

namespace Experiments.Core.Tests;

public sealed class DurationSpecs
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43200)]
    [InlineData("2d", 172800)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("0s", 0)]
    [InlineData("00:30:00", 1800)]
    [InlineData("1.00:00:01", 86401)]
    public void Durations_are_read(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("h")]
    [InlineData("12 h")]
    [InlineData("12hours")]
    [InlineData("-5m")]
    [InlineData("1..5h")]
    [InlineData("99999999999999d")]
    [InlineData("25:00")]
    [InlineData("nan")]
    public void What_is_no_duration_is_refused(string text)
    {
        Assert.False(Duration.TryParse(text, out _));
        Assert.Equal($"expected the timeout of `x` to be a duration, got `{text}`", Assert.Throws<ExperimentsException>(() => Duration.Parse(text, "the timeout of `x`")).Message);
    }
}
