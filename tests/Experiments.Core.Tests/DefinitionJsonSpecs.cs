using System.Text.Json;
using Xunit;

namespace Experiments.Core.Tests;

public class DefinitionJsonSpecs
{
    [Fact]
    public void A_definition_survives_json()
    {
        var text = DefinitionJson.Write(Planned.Definition);
        var read = DefinitionJson.Read(text);

        // Immutable arrays compare by reference, so records that hold them do too.
        Assert.Equal(text, DefinitionJson.Write(read));
        Assert.Equal(Planned.Definition.Summary, read.Summary);
        Assert.Equal(Planned.Definition.Launch.Arguments.AsEnumerable(), read.Launch.Arguments);
        Assert.Equal(Planned.Definition.Launch.Program.AsEnumerable(), read.Launch.Program);
        Assert.Equal(Planned.Definition.Launch.Tool, read.Launch.Tool);
        Assert.Equal(Planned.Definition.Timeout, read.Timeout);
        Assert.Equal(Planned.Definition.Resources, read.Resources);
        Assert.Equal((Planned.Definition.Retry.Limit, Planned.Definition.Retry.BackoffBase), (read.Retry.Limit, read.Retry.BackoffBase));
        Assert.Equal(Planned.Definition.Retry.Budgets.AsEnumerable(), read.Retry.Budgets);
        Assert.Equal(Planned.Definition.Stall, read.Stall);
        Assert.Equal(Planned.Definition.Invariants.Single().Paths.AsEnumerable(), read.Invariants.Single().Paths);
        Assert.Equal(Planned.Definition.FailureRules.AsEnumerable(), read.FailureRules);
        Assert.Equal(Planned.Definition.Checkpoints, read.Checkpoints);
        Assert.Equal(Planned.Definition.Metrics.AsEnumerable(), read.Metrics);
        Assert.Equal(Planned.Definition.Artifacts.AsEnumerable(), read.Artifacts);
        Assert.Equal(Planned.Definition.Remedies.AsEnumerable(), read.Remedies);
        Assert.Equal(BooleanStyle.Negatable, read.Launch.Booleans);
        Assert.Equal(OptionCase.Snake, read.Launch.OptionCase);
        Assert.Equal(ArgumentStyle.Overrides, read.Launch.Style);
    }

    [Fact]
    public void Absent_values_stay_absent()
    {
        var definition = new ExperimentDefinition { Name = "x", IdTemplate = "x", Launch = new Launch { Kind = LaunchKind.Method } };
        var read = DefinitionJson.Read(DefinitionJson.Write(definition));

        Assert.Null(read.Timeout);
        Assert.Null(read.Launch.Tool);
        Assert.Null(read.Launch.WorkingDirectory);
        Assert.False(read.Launch.IsResolved);
        Assert.Null(read.PrimaryMetric());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name":1}""")]
    [InlineData("not json")]
    public void What_is_not_a_definition_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => DefinitionJson.Read(text));
}
