using System.Text;
using System.Text.Json;
using Experiments.Registry;
using Experiments.Runtime.ResultFiles;

namespace Experiments.Runtime.Tests.ResultFiles;

public sealed class ResultFilesTests : IAsyncLifetime
{
    private Workbench _bench = null!;

    public async Task InitializeAsync() => _bench = await Workbench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_completed_run_leaves_a_numbered_file_for_every_component()
    {
        await _bench.SubmitAsync(Measured("gpt/small_c1"));

        await _bench.DrainAsync();

        const string id = "gpt~small_c1";
        Assert.Equal(
            [
                $"{id}_1_experiment_setup.json", $"{id}_2_experiment_variables.json", $"{id}_3_model_architecture.json", $"{id}_4_inference_metrics.json", $"{id}_5_compute_metrics.json",
                $"{id}_6_local_energy_results_process_0.json", $"{id}_6_local_energy_results_process_1.json", $"{id}_7_global_energy_results.json", $"{id}_8_text_output.json",
            ],
            Directory.GetFiles(Raw(id)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("gpt/small_c1", Part(id, "1_experiment_setup").GetProperty("run_id").GetString());
        Assert.Equal(64, Part(id, "2_experiment_variables").GetProperty("batch").GetProperty("size").GetInt32());
        Assert.Equal("""{"parameters":1000}""", Compact(id, "3_model_architecture"));
        Assert.Equal("""{"latency":0.5}""", Compact(id, "4_inference_metrics"));
        Assert.Equal("""{"flops":null}""", Compact(id, "5_compute_metrics"));
        Assert.Equal("""{"energy":2}""", Compact(id, "6_local_energy_results_process_1"));
        Assert.Equal("""{"energy":3,"system/gpu_energy_kwh":0.25}""", Compact(id, "7_global_energy_results"));
        Assert.Equal("""["a","b"]""", Compact(id, "8_text_output"));
    }

    [Fact]
    public async Task The_runs_of_a_task_are_lines_of_one_table()
    {
        await _bench.SubmitAsync(Measured("gpt/small_c1"), Measured("gpt/small_c2"));

        await _bench.DrainAsync();

        var records = CsvText.Read(await File.ReadAllTextAsync(Path.Combine(_bench.Root.Directory, "text_generation_results.csv")), out _);
        Assert.Equal(
            "experiment_id,run_id,experiment,task,attempt,started,ended,host,worker,launcher,processes,gpus,mixed_precision,config.batch.size,parameters,latency,flops,energy,system/gpu_energy_kwh",
            string.Join(',', records[0]));
        Assert.Equal(["gpt~small_c1", "gpt~small_c2"], records.Skip(1).Select(r => r[0]).Order(StringComparer.Ordinal));
        Assert.All(records.Skip(1), r => Assert.Equal(["64", "1000", "0.5", "", "3", "0.25"], r.Skip(13)));
    }

    [Fact]
    public async Task A_worker_that_finds_a_run_unpublished_makes_the_files_again_and_no_second_line()
    {
        await _bench.SubmitAsync(Measured("gpt/small_c1"));
        await _bench.DrainAsync();
        var before = await File.ReadAllTextAsync(Path.Combine(_bench.Root.Directory, "text_generation_results.csv"));
        Directory.Delete(Raw("gpt~small_c1"), recursive: true);
        var details = (await _bench.Registry.FindAsync("gpt/small_c1"))!;
        var claim = new ClaimedRun { Lease = new LeaseKey(1, 1), RunId = "gpt/small_c1", Attempt = 1, Failures = 0, Experiment = details.Definition, Config = default };

        Assert.True(await ComponentFiles.WriteAsync(_bench.Registry, _bench.Root, claim, Assert.Fail));

        Assert.Equal(9, Directory.GetFiles(Raw("gpt~small_c1")).Length);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(_bench.Root.Directory, "text_generation_results.csv")));
    }

    [Fact]
    public async Task Metrics_named_like_other_columns_get_columns_of_their_own_and_long_ids_files_of_theirs()
    {
        var id = string.Join('/', Enumerable.Repeat(new string('é', 60), 3));
        await _bench.SubmitAsync(Workbench.Shell(id, """echo '{"metrics":{"loss":0.5,"gpus":8,"attempt":7}}' > "$EXP_EVENTS" """,
            d => d with { Name = "x", ResultTask = "t", Metrics = [new("attempt", Goal.Minimize)] }));

        await _bench.DrainAsync();

        Assert.Equal(RunStatus.Completed, (await _bench.RunAsync(id)).Status);
        var records = CsvText.Read(await File.ReadAllTextAsync(Path.Combine(_bench.Root.Directory, "t_results.csv")), out _);
        Assert.Equal(["gpus", "mixed_precision", "metric.attempt", "metric.gpus", "loss"], records[0].Skip(11));
        Assert.Equal(["0", "", "7", "8", "0.5"], records[1].Skip(11));
        var files = Directory.GetFiles(Raw(records[1][0]), records[1][0] + "_*.json");
        Assert.Equal(7, files.Length);
        Assert.All(files, f => Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(f)), 200, 243));
        Assert.Equal(id, records[1][1]);
    }

    [Fact]
    public async Task What_failed_leaves_none()
    {
        await _bench.SubmitAsync(Workbench.Shell("a", "exit 1", d => d with { ResultTask = "text_generation" }));

        await _bench.DrainAsync();

        Assert.False(Directory.Exists(Path.Combine(_bench.Root.Directory, "raw_results")));
    }

    [Fact]
    public async Task A_run_that_fails_again_after_a_fresh_start_is_listed_again()
    {
        var definition = Measured("a").Experiment;
        var claim = new ClaimedRun { Lease = new LeaseKey(1, 1), RunId = "a", Attempt = 1, Failures = 0, Experiment = definition, Config = "{}"u8.ToArray() };
        var end = new AttemptEnd { Outcome = AttemptOutcome.Failed, Next = RunStatus.Failed, Message = "why" };

        await FailedRuns.AppendAsync(_bench.Root, claim, end, DateTimeOffset.UnixEpoch);
        await FailedRuns.AppendAsync(_bench.Root, claim, end, DateTimeOffset.UnixEpoch.AddDays(1));

        Assert.Equal(3, (await File.ReadAllLinesAsync(Path.Combine(_bench.Root.Directory, FailedRuns.File))).Length);
    }

    private static PlannedRun Measured(string id)
    {
        const string script = """
            printf '{"metrics":{"parameters":1000,"latency":0.5,"system/gpu_energy_kwh":0.25}}\n{"metrics":{"energy":1},"rank":0}\n' >> "$EXP_EVENTS"
            printf '{"energy":2}' > "$EXP_RUN_DIR/metrics.rank1.json"
            printf '["a","b"]' > "$EXP_RUN_DIR/text.json"
            """;
        return Workbench.Planned(id,
            new Launch { Kind = LaunchKind.Executable, Target = "/bin/sh", Program = ["/bin/sh", "-c", script, "run"], Style = ArgumentStyle.None, WorkingDirectory = "/" },
            """{"batch":{"size":64}}""",
            definition => definition with
            {
                ResultTask = "text_generation",
                Metrics =
                [
                    new("parameters", Goal.Minimize) { Component = ResultComponent.ModelArchitecture },
                    new("latency", Goal.Minimize),
                    new("flops", Goal.Minimize) { Component = ResultComponent.ComputeMetrics },
                    new("energy", Goal.Minimize) { Component = ResultComponent.GlobalEnergyResults, Ranks = RankAggregation.Sum },
                ],
                Artifacts = [new("text", "text.json", ResultComponent.TextOutput)],
            });
    }

    private string Raw(string id) => Path.Combine(_bench.Root.Directory, "raw_results", id);

    private JsonElement Part(string id, string part) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Raw(id), $"{id}_{part}.json")));

    private string Compact(string id, string part) => JsonSerializer.Serialize(Part(id, part));
}
