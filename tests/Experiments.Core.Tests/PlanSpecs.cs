using Xunit;

namespace Experiments.Core.Tests;

public class PlanSpecs
{
    [Fact]
    public void Runs_keep_the_order_of_the_target() =>
        Assert.Equal(["b", "a", "c"], Planned.Ids(Plan.Create("t", [Planned.Run("b"), Planned.Run("a"), Planned.Run("c")])));

    [Fact]
    public void Inputs_that_the_target_lacks_are_added_before_what_needs_them()
    {
        var teacher = Planned.Run("teacher");
        var plan = Plan.Create("t", [Planned.Run("student", "{}", teacher), Planned.Run("other")]);

        Assert.Equal(["teacher", "student", "other"], Planned.Ids(plan));
        Assert.Equal(["teacher"], plan.AddedInputs);
    }

    [Fact]
    public void An_input_that_is_also_a_target_is_not_an_added_one()
    {
        var teacher = Planned.Run("teacher");
        var plan = Plan.Create("t", [Planned.Run("student", "{}", teacher), teacher]);

        Assert.Equal(["teacher", "student"], Planned.Ids(plan));
        Assert.Empty(plan.AddedInputs);
    }

    [Fact]
    public void The_same_run_twice_counts_once() =>
        Assert.Single(Plan.Create("t", [Planned.Run("a", """{"x":1}"""), Planned.Run("a", """{"x":1}""")]).Runs);

    [Fact]
    public void Two_configurations_under_one_id_are_refused_and_both_are_shown()
    {
        var error = Assert.Throws<ExperimentsException>(() => Plan.Create("t", [Planned.Run("a", """{"x":1}"""), Planned.Run("a", """{"x":2}""")]));

        Assert.Equal("EXP2002", error.Code);
        Assert.Contains("""{"x":1}""", error.Message);
        Assert.Contains("""{"x":2}""", error.Message);
    }

    [Fact]
    public void Ids_that_differ_only_in_case_are_refused() =>
        Assert.Equal("EXP2004", Assert.Throws<ExperimentsException>(() => Plan.Create("t", [Planned.Run("a/B"), Planned.Run("a/b")])).Code);

    [Theory]
    [InlineData("a", "a/b")]
    [InlineData("a/b/c", "a")]
    [InlineData("A", "a/b")]
    public void A_run_inside_the_directory_of_another_is_refused(string first, string second) =>
        Assert.Equal("EXP2006", Assert.Throws<ExperimentsException>(() => Plan.Create("t", [Planned.Run(first), Planned.Run(second)])).Code);

    [Fact]
    public void Runs_may_share_a_directory() =>
        Assert.Equal(3, Plan.Create("t", [Planned.Run("a/b"), Planned.Run("a/c"), Planned.Run("ab")]).Runs.Length);

    [Fact]
    public void Inputs_in_a_circle_are_refused()
    {
        // The circle is by id: a chain of generated inputs that comes back to where it began.
        var again = Planned.Run("a");
        var error = Assert.Throws<ExperimentsException>(() => Plan.Create("t", [Planned.Run("a", "{}", Planned.Run("b", "{}", again))]));

        Assert.Equal("EXP6001", error.Code);
        Assert.Contains("`a` → `b` → `a`", error.Message);
    }
}
