using Experiments.Registry;

namespace Experiments.Runtime.Tests.Workers;

/// <summary>Attempts of several processes, with the real <c>torchrun</c> and the real <c>accelerate</c> where they are installed.</summary>
public sealed class RankTests : IAsyncLifetime
{
    private const string Trainer = """
        import json, os
        import torch, torch.distributed as dist
        dist.init_process_group("gloo")
        rank = dist.get_rank()
        total = torch.tensor([rank + 1.0])
        dist.all_reduce(total)
        print(f"this is rank {rank} of {dist.get_world_size()}")
        with open(os.environ["EXP_EVENTS"], "a") as events:
            for step in (1, 2):
                events.write(json.dumps({"metrics": {"loss": 1.0 / step + rank}, "step": step, "rank": rank}) + "\n")
        path = os.path.join(os.environ["EXP_RUN_DIR"], f"metrics.rank{rank}.json")
        with open(path, "w") as file:
            json.dump({"energy": 10.0 * (rank + 1), "reduced": total.item()}, file)
        """;

    private Workbench _bench = null!;

    public async Task InitializeAsync() => _bench = await Workbench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [PythonFact("torch")]
    public Task Torchrun_starts_ranks_that_find_each_other_and_their_results_become_one() =>
        // PyTorch 1.13 under Python 3.11, as Debian 12 has them, knows no other values of these two.
        AssertRanksBecomeOneResultAsync(new RankLaunch(Launcher.Torchrun, 2) { Options = ["--redirects", "1", "--tee", "1"] });

    [PythonFact("torch", "accelerate")]
    public Task Accelerate_starts_ranks_that_find_each_other_and_their_results_become_one() => AssertRanksBecomeOneResultAsync(new RankLaunch(Launcher.Accelerate, 2));

    [Fact]
    public async Task A_rank_that_says_nothing_leaves_no_half_sum()
    {
        const string script = """
            printf '{"energy":1}' > "$EXP_RUN_DIR/metrics.rank0.json"
            printf '{"energy":1}' > "$EXP_RUN_DIR/metrics.rank1.json"
            printf '{"metrics":{"energy":1,"loss":0.5},"rank":3}\n{"metrics":{"loss":0.25},"rank":0}\n' >> "$EXP_EVENTS"
            """;
        await _bench.SubmitAsync(Workbench.Shell("a", script, Measured));

        var witness = await _bench.DrainAsync();

        var details = (await _bench.Registry.FindAsync("a"))!;
        Assert.Equal(RunStatus.Completed, details.Run.Status);
        Assert.DoesNotContain("energy", details.Run.Metrics.Keys);
        Assert.Equal(["""{"metric":"energy","ranks":[2]}""", """{"metric":"loss","ranks":[1, 2]}"""], (await _bench.Registry.EventsAsync("a")).Latest.Where(e => e.Name == "missing_ranks").Select(e => e.Data));
        Assert.Contains(witness.Notices, n => n.Contains("rank 2 did not report", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_trainer_says_of_the_whole_run_wins_over_its_ranks()
    {
        const string script = """
            printf '{"energy":1}' > "$EXP_RUN_DIR/metrics.rank0.json"
            printf '{"energy":2}' > "$EXP_RUN_DIR/metrics.rank1.json"
            printf '{"energy":7}' > "$EXP_RUN_DIR/metrics.json"
            """;
        await _bench.SubmitAsync(Workbench.Shell("a", script, Measured));

        await _bench.DrainAsync();

        Assert.Equal(7, (await _bench.RunAsync("a")).Metrics["energy"]);
    }

    private async Task AssertRanksBecomeOneResultAsync(RankLaunch ranks)
    {
        await File.WriteAllTextAsync(Path.Combine(_bench.Scratch, "train.py"), Trainer);
        // Two at once: neither may want the port of the other.
        await _bench.SubmitAsync(Ranked("a", ranks), Ranked("b", ranks));

        await _bench.DrainAsync();

        foreach (var id in (string[])["a", "b"])
        {
            var run = await _bench.RunAsync(id);
            Assert.True(run.Status == RunStatus.Completed, run.Message);
            Assert.Equal((30.0, 3.0, 1.0), (run.Metrics["energy"], run.Metrics["reduced"], run.Metrics["loss"]));
            var home = _bench.Root.Run(id);
            foreach (var rank in (int[])[0, 1])
            {
                var log = Assert.Single(Directory.GetFiles(home.RankLogs(1), "stdout.log", SearchOption.AllDirectories), f => Path.GetFileName(Path.GetDirectoryName(f)) == $"{rank}");
                Assert.Contains($"this is rank {rank} of 2", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
                Assert.Contains($"this is rank {rank} of 2", await File.ReadAllTextAsync(home.Log(1)), StringComparison.Ordinal);
            }
        }
    }

    private static ExperimentDefinition Measured(ExperimentDefinition definition) => definition with
    {
        Metrics = [new("energy", Goal.Minimize) { Ranks = RankAggregation.Sum }, new("loss", Goal.Minimize) { Ranks = RankAggregation.Mean }],
    };

    private PlannedRun Ranked(string id, RankLaunch ranks) => Workbench.Planned(id, new Launch
    {
        Kind = LaunchKind.File,
        Target = "train.py",
        Program = ["/usr/bin/python3", "train.py"],
        Style = ArgumentStyle.None,
        WorkingDirectory = _bench.Scratch,
        Ranks = ranks,
    }, "{}", Measured);
}
