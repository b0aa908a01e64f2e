using Experiments.Registry;
using Experiments.Runtime.Checkpoints;

namespace Experiments.Runtime.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public async Task Only_the_newest_and_the_best_are_kept_and_what_people_linked_to()
    {
        await using var bench = await Workbench.OpenAsync();
        var link = Path.Combine(bench.Root.Directory, "checkpoints", "best_models", "mine");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        foreach (var circle in (string[])["here", "there"])
            File.CreateSymbolicLink(Path.Combine(Path.GetDirectoryName(link)!, circle), ".");
        File.CreateSymbolicLink(Path.Combine(Path.GetDirectoryName(link)!, "itself"), "itself");
        File.CreateSymbolicLink(link, Path.Combine(bench.Root.Run("r").Checkpoints, "e2", "weights"));
        // Accuracy peaks at the fourth of eight checkpoints.
        await bench.SubmitAsync(Workbench.Shell("r", """
            e=0
            for acc in 0.1 0.3 0.4 0.9 0.5 0.2 0.2 0.3; do
                e=$((e+1)); mkdir "$EXP_CHECKPOINT_DIR/e$e"; echo w > "$EXP_CHECKPOINT_DIR/e$e/weights"
                echo '{"metrics":{"acc":'$acc'},"step":'$e',"time":'$(date +%s.%N)'}' >> "$EXP_EVENTS"; sleep 0.03
            done
            touch "$EXP_CHECKPOINT_DIR/half.tmp"
            """, d => d with { Metrics = [new MetricDefinition("acc", Goal.Maximize, Primary: true)], Checkpoints = new CheckpointPolicy(2, 1) }));

        await bench.DrainAsync();

        Assert.Equal(["e2", "e4", "e7", "e8"], RunCheckpoints.All(bench.Root.Run("r")).Select(c => c.Name).Order());
        Assert.True(File.Exists(Path.Combine(bench.Root.Run("r").Checkpoints, "half.tmp")));
    }

    [Fact]
    public async Task Of_values_that_can_t_be_told_apart_the_best_counts()
    {
        await using var bench = await Workbench.OpenAsync();
        // All lines are read together and none says when it was written.
        await bench.SubmitAsync(Workbench.Shell("r", """
            for loss in 0.9 0.1 0.8 0.7; do echo '{"metrics":{"loss":'$loss'}}' >> "$EXP_EVENTS"; touch "$EXP_CHECKPOINT_DIR/l$loss"; done
            """, d => d with { Metrics = [new MetricDefinition("loss", Goal.Minimize)], Checkpoints = new CheckpointPolicy(1, 1) }));

        await bench.DrainAsync();

        Assert.Contains("l0.1", RunCheckpoints.All(bench.Root.Run("r")).Select(c => c.Name));
    }

    [Fact]
    public void Values_without_a_time_were_reported_since_those_before_them()
    {
        var began = DateTimeOffset.UnixEpoch;
        var values = new ReportedValues([Point(1, 0.9), Point(2, 0.1), Point(2, 0.8), Point(3, 0.5)], began);

        Assert.Equal([0.9], values.NearestTo(At(0.4)));
        Assert.Equal([0.9, 0.1, 0.8], values.NearestTo(At(1.2)));
        Assert.Equal([0.8, 0.5], values.NearestTo(At(2.4)));
        Assert.Equal([0.5], values.NearestTo(At(9)));
        Assert.Empty(new ReportedValues([], began).NearestTo(At(1)));
        Assert.True(values.IsSettled(At(2.4)));
        Assert.False(values.IsSettled(At(3.1)));
        Assert.False(new ReportedValues([], began).IsSettled(At(1)));

        MetricPoint Point(double seconds, double value) => new("loss", null, value, began.AddSeconds(seconds));
        DateTime At(double seconds) => began.UtcDateTime.AddSeconds(seconds);
    }

    [Fact]
    public async Task A_directory_is_as_new_as_what_is_in_it()
    {
        await using var bench = await Workbench.OpenAsync();
        var home = bench.Root.Run("r");
        var last = Directory.CreateDirectory(Path.Combine(home.Checkpoints, "last", "rank0"));
        await File.WriteAllTextAsync(Path.Combine(last.FullName, "weights"), "");
        await File.WriteAllTextAsync(Path.Combine(home.Checkpoints, "best.pt"), "");
        foreach (var (name, age) in new[] { ("best.pt", 10), ("last/rank0/weights", 5), ("last/rank0", 20), ("last", 20) })
            File.SetLastWriteTimeUtc(Path.Combine(home.Checkpoints, name), DateTime.UtcNow.AddSeconds(-age));

        Assert.Equal("last", RunCheckpoints.Latest(home)!.Name);
        RunCheckpoints.ResumeFrom(home, "best.pt");
        Assert.Equal("best.pt", RunCheckpoints.Latest(home)!.Name);
    }

    [Fact]
    public async Task What_was_best_in_an_earlier_attempt_stays_known()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", """
            touch "$EXP_CHECKPOINT_DIR/a$EXP_ATTEMPT"; echo '{"metrics":{"loss":'$EXP_ATTEMPT'}}' > "$EXP_EVENTS"; test $EXP_ATTEMPT -eq 4
            """, d => d with { Metrics = [new MetricDefinition("loss", Goal.Minimize)], Checkpoints = new CheckpointPolicy(1, 1), Retry = new RetryPolicy { Limit = 5, BackoffBase = 0.01 } }));

        await bench.DrainAsync();

        Assert.Equal(["a1", "a4"], RunCheckpoints.All(bench.Root.Run("r")).Select(c => c.Name).Order());
    }

    [Fact]
    public async Task Checkpoints_that_other_runs_have_as_their_input_are_never_deleted()
    {
        await using var bench = await Workbench.OpenAsync();
        var teacher = Workbench.Shell("teacher", """touch "$EXP_CHECKPOINT_DIR/x$EXP_ATTEMPT"; sleep 0.05; touch "$EXP_CHECKPOINT_DIR/y$EXP_ATTEMPT" """, d => d with { Checkpoints = new CheckpointPolicy(2, 0) });
        await bench.SubmitAsync(teacher, Workbench.Shell("student", "exit 0") with { Inputs = [new PlannedInput("teacher", teacher)] });
        await bench.DrainAsync();

        // The same run once more: what it saved the first time is what its student was made from.
        await bench.Registry.SubmitAsync(Plan.Create("test", [teacher]), new SubmitOptions { Known = Known.Rerun });
        await bench.DrainAsync();

        Assert.Equal(["x1", "x2", "y1", "y2"], RunCheckpoints.All(bench.Root.Run("teacher")).Select(c => c.Name).Order());
    }

    [Fact]
    public async Task A_retry_goes_on_from_the_checkpoint_that_is_named_and_then_from_newer_ones()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", """
            echo "$(basename "$EXP_RESUME")" >> "$EXP_CHECKPOINT_DIR/../seen"
            sleep 0.02; touch "$EXP_CHECKPOINT_DIR/c$EXP_ATTEMPT"; exit 1
            """, d => d with { Retry = new RetryPolicy { Limit = 2, BackoffBase = 0.01 } }));
        await bench.DrainAsync();
        var home = bench.Root.Run("r");

        Assert.Equal("c1", RunCheckpoints.ResumeFrom(home, "c1"));
        await bench.Registry.RetryAsync(RunFilter.All);
        await bench.DrainAsync();

        Assert.Equal(["", "c1", "c2", "c1", "c4", "c5"], await File.ReadAllLinesAsync(Path.Combine(home.Directory, "seen")));
        var error = Assert.Throws<ExperimentsException>(() => RunCheckpoints.ResumeFrom(home, "c9"));
        Assert.Equal("EXP8113", error.Code);
        Assert.EndsWith("got `c6`, `c5`, `c4`, `c1`, `c3`, `c2`", error.Message, StringComparison.Ordinal);
    }
}
