using System.Text.Json;
using Xunit;

namespace Experiments.Core.Tests;

public class NamingSpecs
{
    [Theory]
    [InlineData("LearningRate")]
    [InlineData("HcrlCh")]
    [InlineData("Set01")]
    [InlineData("L2Weight")]
    [InlineData("URLValue")]
    [InlineData("UseGPU")]
    [InlineData("Value1A")]
    [InlineData("ABC")]
    [InlineData("A")]
    [InlineData("already_snake")]
    [InlineData("Mixed_Case")]
    [InlineData("ÄpfelZahl")]
    public void Names_outside_csharp_are_those_of_the_framework(string name) =>
        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), SnakeCase.Of(name));

    [Theory]
    [InlineData("learning-rat", "learning-rate")]
    [InlineData("learnign-rate", "learning-rate")]
    [InlineData("sede", "seed")]
    public void A_typo_finds_the_word_that_was_meant(string typed, string meant) =>
        Assert.Equal(meant, Suggestion.Closest(typed, ["seed", "learning-rate", "momentum"]));

    [Fact]
    public void Something_else_altogether_finds_nothing() =>
        Assert.Null(Suggestion.Closest("zzz", ["seed", "learning-rate", "momentum"]));

    [Theory]
    [InlineData("hcrl_sa/student_curriculum_kd")]
    [InlineData("lr0.1_wd1e-05")]
    [InlineData("größe/числа")]
    public void Portable_ids_are_accepted(string id) => Assert.Null(PortablePath.Problem(id));

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("../up")]
    [InlineData("a/../b")]
    [InlineData("a/.")]
    [InlineData("con")]
    [InlineData("a/NUL.txt")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a\\b")]
    [InlineData("c:d")]
    [InlineData("what?")]
    [InlineData("dot.")]
    [InlineData("\u0000")]
    public void Ids_that_some_filesystem_would_change_are_refused(string id) => Assert.NotNull(PortablePath.Problem(id));

    [Fact]
    public void Ids_too_long_for_a_filesystem_are_refused()
    {
        Assert.NotNull(PortablePath.Problem(new string('a', PortablePath.SegmentBytesMax + 1)));
        Assert.NotNull(PortablePath.Problem(string.Join('/', Enumerable.Repeat(new string('a', 150), 3))));
        Assert.Null(PortablePath.Problem(new string('a', PortablePath.SegmentBytesMax)));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("12h", 43200)]
    [InlineData("2d", 172800)]
    public void Durations_are_a_number_and_a_unit(string text, double seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("12 parsecs")]
    public void What_is_not_a_duration_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));
}
