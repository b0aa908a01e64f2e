using System.Text;
using Experiments.Runtime.Failures;

namespace Experiments.Runtime.Tests.Failures;

public sealed class LadderTests
{
    private static readonly Remedy Batch = new("batch", 0.5, Min: 8, IsInteger: true);
    private static readonly Remedy Steps = new("steps", 2, IsInteger: true);

    [Fact]
    public void Remedies_move_together_and_end_where_a_bounded_one_ends()
    {
        var climbed = Climb("""{"batch":64,"lr":0.1,"steps":1}""", [Batch, Steps], out var end);

        Assert.Equal(["""{"batch":32,"lr":0.1,"steps":2}""", """{"batch":16,"lr":0.1,"steps":4}""", """{"batch":8,"lr":0.1,"steps":8}"""], climbed.Select(c => c.Config));
        Assert.Equal("batch 64 → 32, steps 1 → 2", climbed[0].Step);
        Assert.Equal("no remedy is left: batch 64 → 32 → 16 → 8, steps 1 → 2 → 4 → 8", end);
    }

    [Fact]
    public void A_step_that_would_break_an_invariant_is_not_taken()
    {
        var climbed = Climb("""{"batch":48,"steps":1}""", [Batch with { Min = 1 }, Steps], out var end, new Invariant("batch", "steps"));

        Assert.Equal(["24", "12", "6", "3"], climbed.Select(c => c.Config.Split([':', ','])[1]));
        Assert.Equal("no further step keeps `batch` × `steps` = 48: batch 48 → 24 → 12 → 6 → 3, steps 1 → 2 → 4 → 8 → 16", end);
    }

    [Fact]
    public void A_property_without_a_remedy_counts_in_an_invariant_as_it_is() =>
        Assert.Equal(3, Climb("""{"batch":64,"ranks":4,"steps":1}""", [Batch, Steps], out _, new Invariant("batch", "steps", "ranks")).Count);

    [Fact]
    public void Whole_numbers_end_at_one_without_a_bound()
    {
        var climbed = Climb("""{"batch":5}""", [new Remedy("batch", 0.5, IsInteger: true)], out var end);

        Assert.Equal(["""{"batch":2}""", """{"batch":1}"""], climbed.Select(c => c.Config));
        Assert.Equal("no remedy is left: batch 5 → 2 → 1", end);
    }

    [Fact]
    public void A_bound_stops_a_value_and_never_moves_it_back() =>
        Assert.Empty(Climb("""{"batch":4}""", [Batch], out _));

    [Fact]
    public void Nested_and_floating_values_change_and_everything_else_stays_as_written()
    {
        var climbed = Climb("""{"a":{"deep":{"x":0.3,"y":[1,2.50]}},"name":"\u0022q\u0022","none":null}""", [new Remedy("a.deep.x", 0.1, Min: 0.01)], out _);

        Assert.Equal("""{"a":{"deep":{"x":0.03,"y":[1,2.50]}},"name":"\u0022q\u0022","none":null}""", climbed[0].Config);
        Assert.Equal(2, climbed.Count);
    }

    [Fact]
    public void A_value_that_is_not_there_has_no_remedy()
    {
        Assert.True(new Ladder(Given([new Remedy("a.x", 0.5)]), Bytes("""{"a":null}""")).IsEmpty);
        Assert.Single(Climb("""{"a":null,"batch":16}""", [Batch, new Remedy("a.x", 0.5)], out _));
    }

    [Fact]
    public void A_ladder_without_an_end_is_cut()
    {
        Climb("""{"x":1}""", [new Remedy("x", 0.999)], out var end);

        Assert.StartsWith("no remedy is left after 64 steps: x 1 → 0.999 → ", end, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_the_ladder_does_not_lead_to_goes_on_from_where_it_is()
    {
        // The experiment's remedies were changed while the run waited.
        var next = new Ladder(Given([Batch]), Bytes("""{"batch":64}""")).After(Bytes("""{"batch":20}"""), out var step);

        Assert.Equal(("""{"batch":10}""", "batch 20 → 10"), (Encoding.UTF8.GetString(next!.Value.Span), step));
    }

    private static List<(string Config, string Step)> Climb(string declared, Remedy[] remedies, out string end, params Invariant[] invariants)
    {
        var ladder = new Ladder(Given(remedies, invariants), Bytes(declared));
        var climbed = new List<(string, string)>();
        var config = Bytes(declared);
        while (ladder.After(config, out end) is { } next)
        {
            climbed.Add((Encoding.UTF8.GetString(next.Span), end));
            config = next;
        }

        return climbed;
    }

    private static ExperimentDefinition Given(Remedy[] remedies, params Invariant[] invariants) => new()
    {
        Name = "x", IdTemplate = "{hash}", Launch = new Launch { Kind = LaunchKind.Method }, Remedies = [.. remedies], Invariants = [.. invariants],
    };

    private static ReadOnlyMemory<byte> Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
