using Experiments.Generators.Parsing;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Tests;

/// <summary>Values of axes against the bounds of the property they set, as parsing reports them to the analyzer.</summary>
public sealed class AxisBoundsTests
{
    [Theory]
    [InlineData("Range(0.0, 1.0)", "Values(0.0, 0.5, 1.0)", "")]
    [InlineData("Range(0.0, 1.0)", "Values(-0.5, 2)", "-0.5: from 0 to 1; 2: from 0 to 1")]
    [InlineData("Range(0.0, 1.0, MinimumIsExclusive = true)", "Values(0.0, 1.0, 2.0)", "0: above 0 and 1 or less; 2: above 0 and 1 or less")]
    [InlineData("Range(0.0, 1.0, MaximumIsExclusive = true)", "Linspace(0, 1, 3)", "1: 0 or more and below 1")]
    [InlineData("AllowedValues(0.5, 1.0)", "Values(0.5, 0.7)", "0.7: one of `0.5`, `1`")]
    [InlineData("DeniedValues(0.5)", "Values(0.5, 0.7)", "0.5: none of `0.5`")]
    [InlineData("Range(0.001, 1.0)", "LogUniform(1e-4, 1)", "0.0001: from 0.001 to 1")]
    [InlineData("Range(0, 100)", "Linspace(0, 1000, 1001)", "1000: from 0 to 100")]
    [InlineData("AllowedValues(1, 2)", "Values(1, 3)", "3: one of `1`, `2`", "int")]
    [InlineData("MinLength(2)", "Values(\"ab\", \"a\")", "a: 2 or more characters long", "string")]
    [InlineData("Length(0, 2)", "Values(\"abc\", null)", "abc: 2 or fewer characters long", "string?")]
    [InlineData("RegularExpression(\"[0-9]+\")", "Values(\"1\", \"x1\")", "x1: a match of `[0-9]+`", "string")]
    [InlineData("RegularExpression(\"[\")", "Values(\"1\")", "", "string")]
    [InlineData("Range(typeof(TimeSpan), \"00:01\", \"02:00\")", "Values(\"30m\", \"1d\")", "1.00:00:00: from 00:01:00 to 02:00:00", "TimeSpan")]
    [InlineData("DeniedValues(DayOfWeek.Monday)", "Values(DayOfWeek.Sunday, (DayOfWeek)9)", "9: one of `sunday`, `monday`, `tuesday`, `wednesday`, `thursday`, `friday`, `saturday`", "DayOfWeek")]
    public void Values_outside_are_reported_with_what_they_must_be(string check, string axis, string expected, string type = "double")
    {
        var compilation = Compiled.Compilation($$"""
            [Experiment("e")] public sealed partial record E { [{{check}}] public {{type}} Rate { get; init; } }
            [Sweep(Samples = {{(axis.Contains("Uniform", StringComparison.Ordinal) ? 5 : 0)}})] public sealed partial record S : ISweep<E> { [{{axis}}] public {{(type == "double" && check.StartsWith("AllowedValues(1", StringComparison.Ordinal) ? "int" : type)}} Rate { get; init; } }
            """);
        var sink = new Sink();
        SweepParser.Parse(compilation.GetTypeByMetadataName("S")!, sink, default);
        Assert.Equal(expected, string.Join("; ", sink.Problems));
    }

    private sealed class Sink : IProblemSink
    {
        public List<string> Problems { get; } = [];

        public void Report(string ruleId, Location location, params object[] args)
        {
            Assert.Equal(RuleIds.AxisValueOutOfBounds, ruleId);
            Assert.True(location.IsInSource);
            Problems.Add($"{args[1]}: {args[2]}");
        }
    }
}
