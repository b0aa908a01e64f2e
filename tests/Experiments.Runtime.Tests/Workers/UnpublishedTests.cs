using Experiments.Registry;

namespace Experiments.Runtime.Tests.Workers;

/// <summary>Runs whose results can't be put in place.</summary>
public sealed class UnpublishedTests
{
    private static readonly Func<PlannedRun> Stubborn = () => Workbench.Shell("stubborn", """echo weights > "$EXP_RUN_DIR/model" """);

    private static WorkerHost Refusing => new() { BeforeFileChange = what => throw new UnauthorizedAccessException($"could not {what}: Permission denied") };

    [Fact]
    public async Task The_worker_says_what_is_where_and_goes_on_with_other_runs()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Stubborn(), Workbench.Shell("needs", "exit 0") with { Inputs = [new PlannedInput("stubborn", Stubborn())] },
            Workbench.Shell("other", "exit 0"));

        var witness = await bench.DrainAsync(o => o with { Slots = 1 }, Refusing);

        var notice = Assert.Single(witness.Notices, n => n.StartsWith("`stubborn`", StringComparison.Ordinal));
        Assert.Contains("Permission denied", notice);
        Assert.Contains(bench.Root.Run("stubborn").Staging(1), notice);
        Assert.Contains("other", witness.Ended.Select(e => e.RunId));
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("stubborn")).Status);
        Assert.Equal(RunStatus.Pending, (await bench.RunAsync("needs")).Status);
    }

    [Fact]
    public async Task Result_files_that_can_t_be_written_are_said_and_written_when_they_can()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("a", "exit 0", d => d with { ResultTask = "t" }), Workbench.Shell("other", "exit 0"));
        var table = Path.Combine(bench.Root.Directory, "t_results.csv");
        Directory.CreateDirectory(table + ".lock");

        var witness = await bench.DrainAsync();
        var notice = Assert.Single(witness.Notices, n => n.StartsWith("`a`", StringComparison.Ordinal));
        Assert.StartsWith("`a` is completed, but its result files could not be written: ", notice, StringComparison.Ordinal);
        Assert.Contains(table, notice, StringComparison.Ordinal);
        Assert.Equal(2, witness.Ended.Count);

        Directory.Delete(table + ".lock");
        await bench.DrainAsync();
        Assert.Equal(2, (await File.ReadAllLinesAsync(table)).Length);
    }

    [Fact]
    public async Task Later_workers_try_again_and_hold_up_nobody_while_it_fails()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Stubborn());
        await bench.DrainAsync(host: Refusing);
        await bench.SubmitAsync(Workbench.Shell("later", "exit 0"));

        // What passes by itself holds up nobody, either: a disk that is full is waited for by its own run.
        var second = await bench.DrainAsync(host: new WorkerHost { BeforeFileChange = what => { if (what == "note the entries") throw new IOException("No space left on device"); } });
        Assert.Contains("later", second.Begun.Select(b => b.RunId));
        Assert.Single(second.Notices, n => n.Contains("could not be put in place", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(bench.Root.Run("stubborn").Directory, "model")));

        await bench.DrainAsync();
        Assert.Equal("weights\n", await File.ReadAllTextAsync(Path.Combine(bench.Root.Run("stubborn").Directory, "model")));
        Assert.Empty((await bench.DrainAsync()).Notices);
    }

    [Fact]
    public async Task A_worker_that_goes_on_tries_again_by_itself()
    {
        await using var bench = await Workbench.OpenAsync();
        var needs = Workbench.Shell("needs", """cat "$EXP_INPUT_STUBBORN/model" """) with { Inputs = [new PlannedInput("stubborn", Stubborn())] };
        await bench.SubmitAsync(Stubborn(), needs);
        var refusals = 0;
        using var stop = new CancellationTokenSource();
        var working = bench.DrainAsync(o => o with { Drain = false }, new WorkerHost { BeforeFileChange = what => { if (refusals++ == 0) throw new UnauthorizedAccessException(what); } }, stop.Token);

        await Eventually.TrueAsync(async () => (await bench.RunAsync("needs")).Status == RunStatus.Completed, "the run that needs it is completed");
        await stop.CancelAsync();

        Assert.Contains((await working).Notices, n => n.Contains("in place now", StringComparison.Ordinal));
    }
}
