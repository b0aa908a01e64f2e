namespace Experiments.Core.Tests;

public sealed class PlanTests
{
    [Fact]
    public void Runs_keep_their_order_and_inputs_come_first()
    {
        var teacher = Run("teacher");
        var plan = Plan.Create("sweep", [Run("b"), Run("a", teacher), Run("c", teacher)]);
        Assert.Equal(["b", "teacher", "a", "c"], plan.Runs.Select(r => r.Id));
        Assert.Equal(["teacher"], plan.AddedInputs);
    }

    [Fact]
    public void An_input_that_is_also_a_target_is_not_added() => Assert.Empty(Plan.Create("sweep", [Run("a", Run("b")), Run("b")]).AddedInputs);

    [Fact]
    public void The_same_run_twice_counts_once() => Assert.Single(Plan.Create("sweep", [Run("a"), Run("a")]).Runs);

    [Fact]
    public void Two_configurations_under_one_id_are_refused() => Refused("EXP2002", Run("a"), Run("a") with { Hash = ContentHash.Compute("other"u8) });

    [Fact]
    public void Ids_that_differ_only_in_case_are_refused() => Refused("EXP2004", Run("a/b"), Run("a/B"));

    [Fact]
    public void An_id_that_is_a_folder_of_another_is_refused_in_any_order()
    {
        Refused("EXP2006", Run("a"), Run("a/b/c"));
        Refused("EXP2006", Run("a/b/c"), Run("a/b"));
        Refused("EXP2006", Run("A"), Run("a/b"));
        Assert.Equal(2, Plan.Create("sweep", [Run("a"), Run("ab/c")]).Runs.Length);
    }

    [Fact]
    public void Inputs_that_form_a_cycle_are_refused()
    {
        // Built by hand: a cycle through objects cannot be made, one through ids can.
        Refused("EXP6001", Run("a", Run("b", Run("a"))));
    }

    private static void Refused(string code, params PlannedRun[] runs) =>
        Assert.Equal(code, Assert.Throws<ExperimentsException>(() => Plan.Create("sweep", runs)).Code);

    private static PlannedRun Run(string id, params PlannedRun[] inputs) => new()
    {
        Id = id,
        Experiment = new ExperimentDefinition { Name = "x", IdTemplate = "{A}", Launch = new Launch { Kind = LaunchKind.Method } },
        Config = "{}"u8.ToArray(),
        Hash = ContentHash.Compute("{}"u8),
        Inputs = [.. inputs.Select(i => new PlannedInput("input", i))],
    };
}
