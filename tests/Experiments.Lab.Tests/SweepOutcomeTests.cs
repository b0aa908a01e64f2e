using Experiments.Registry;

namespace Experiments.LabSpecs;

public sealed class SweepOutcomeTests
{
    private static readonly SweepOutcome<Parabola, Parabola.Results> Outcome = Of((3, 9, -9), (1, 1, -1), (2, double.NaN, double.NaN));

    [Fact]
    public void The_best_run_is_best_in_the_direction_the_metric_declares()
    {
        Assert.Equal(1, Outcome.Best(r => r.Height).Config.X);
        Assert.Equal(1, Outcome.Best(r => r.Depth).Config.X);
    }

    [Fact]
    public void The_direction_of_a_computed_value_must_be_said()
    {
        Assert.Equal("EXP8111", Assert.Throws<ExperimentsException>(() => Outcome.Best(r => -r.Height)).Code);
        Assert.Equal("EXP8111", Assert.Throws<ExperimentsException>(() => Outcome.Best(r => r.Height + r.Depth)).Code);
        Assert.Equal("EXP8111", Assert.Throws<ExperimentsException>(() => Outcome.Best(_ => 1)).Code);
        Assert.Equal(3, Outcome.Best(r => -r.Height, Goal.Minimize).Config.X);
    }

    [Fact]
    public void Runs_without_a_number_are_ranked_last() =>
        Assert.Equal([1, 3, 2], Outcome.Ranked(r => r.Height).Select(r => r.Config.X));

    [Fact]
    public void Without_a_completed_run_there_is_no_best() =>
        Assert.Equal("EXP8112", Assert.Throws<ExperimentsException>(() => Of().Best(r => r.Height)).Code);

    private static SweepOutcome<Parabola, Parabola.Results> Of(params (double X, double Height, double Depth)[] runs) => new(Parabola.Experiment.Definition,
        [.. runs.Select(r => new RunResult<Parabola, Parabola.Results>($"x{r.X}", new Parabola { X = r.X }, new Parabola.Results { Height = r.Height, Depth = r.Depth }, RunStatus.Completed, "/"))]);
}
