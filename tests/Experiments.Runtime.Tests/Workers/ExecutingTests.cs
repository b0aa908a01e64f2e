using Experiments.Registry;

namespace Experiments.Runtime.Tests.Workers;

public sealed class ExecutingTests
{
    [Fact]
    public async Task A_run_that_exits_with_0_is_completed_and_its_files_are_in_its_home()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("a/b", """echo hello; echo oops >&2; echo weights > "$EXP_RUN_DIR/model.pt"; echo '{"metrics":{"val_acc":0.9},"step":1}' >> "$EXP_EVENTS"; echo '{"progress":0.5}' >> "$EXP_EVENTS" """));

        var witness = await bench.DrainAsync();

        var home = bench.Root.Run("a/b");
        var run = await bench.RunAsync("a/b");
        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(0.9, run.Metrics["val_acc"]);
        Assert.Equal(1, witness.Report!.Completed);
        Assert.Equal([0.5], witness.Fractions);
        Assert.Equal("hello\noops\n", await File.ReadAllTextAsync(home.Log(1)));
        Assert.Equal("weights\n", await File.ReadAllTextAsync(Path.Combine(home.Directory, "model.pt")));
        Assert.True(File.Exists(home.Metrics));
        Assert.True(File.Exists(home.Provenance));
        Assert.False(Directory.Exists(home.Staging(1)));
        Assert.Equal("../../../runs/a/b", new FileInfo(Path.Combine(bench.Root.Views, "completed", "a", "b")).LinkTarget);
        Assert.False(Path.Exists(Path.Combine(bench.Root.Views, "active", "a", "b")));
    }

    [Fact]
    public async Task A_run_without_its_declared_artifact_is_said_and_one_without_its_directory_has_failed()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(
            Workbench.Shell("lacks", """touch "$EXP_RUN_DIR/there" """, d => d with { Artifacts = [new("model", "model.pt"), new("there", "there")] }),
            Workbench.Shell("vanished", """rm -r "$EXP_RUN_DIR" """, d => d with { Retry = new RetryPolicy { Limit = 0 } }));

        var witness = await bench.DrainAsync();

        Assert.Equal(["`lacks` has no `model.pt`: it declares that artifact and ended well without it"], witness.Notices.Where(n => n.StartsWith("`lacks`", StringComparison.Ordinal)));
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("lacks")).Status);
        var vanished = await bench.RunAsync("vanished");
        Assert.Equal(RunStatus.Failed, vanished.Status);
        Assert.Equal($"what it wrote is gone: something deleted `{bench.Root.Run("vanished").Staging(1)}` while it ran", vanished.Message);
    }

    [Fact]
    public async Task A_csharp_trainer_runs_in_a_child_process_and_its_returned_metrics_count()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Method("train", "train"), Workbench.Method("diverge", "diverge"), Workbench.Method("refuse", "refuse"));

        await bench.DrainAsync();

        var trained = (await bench.Registry.FindAsync("train"))!;
        Assert.Equal(RunStatus.Completed, trained.Run.Status);
        Assert.Equal(0.5, trained.Run.Metrics["val_acc"]);
        Assert.Contains((await bench.Registry.EventsAsync("train")).Latest, e => e is { Name: "artifact", Data: """{"name":"model","path":"model.txt"}""" });
        Assert.Equal("weights", await File.ReadAllTextAsync(Path.Combine(bench.Root.Run("train").Directory, "model.txt")));
        var diverged = await bench.RunAsync("diverge");
        Assert.Equal(RunStatus.Failed, diverged.Status);
        Assert.Contains("the network diverged", await File.ReadAllTextAsync(bench.Root.Run("diverge").Log(1)));
        Assert.Equal("error EXP8010: expected rate to be positive, got `-1`\n\nhint: use a positive rate\n", await File.ReadAllTextAsync(bench.Root.Run("refuse").Log(1)));
        Assert.Equal(2, Assert.Single(await bench.AttemptsAsync("refuse")).ExitCode);
    }

    [Fact]
    public async Task A_run_sees_the_whole_protocol_in_its_environment()
    {
        await using var bench = await Workbench.OpenAsync();
        var teacher = Workbench.Shell("teacher", "exit 0");
        var student = Workbench.Shell("student", "env > \"$EXP_RUN_DIR/seen\"; pwd >> \"$EXP_RUN_DIR/seen\"") with { Inputs = [new PlannedInput("teacher", teacher)] };
        await bench.SubmitAsync(teacher, student);

        await bench.DrainAsync();

        var home = bench.Root.Run("student");
        var seen = await File.ReadAllLinesAsync(Path.Combine(home.Directory, "seen"));
        Assert.Contains("EXP_RUN_ID=student", seen);
        Assert.Contains($"EXP_RUN_DIR={home.Staging(1)}", seen);
        Assert.Contains($"EXP_CONFIG={home.Config}", seen);
        Assert.Contains($"EXP_EVENTS={home.StagingEvents(1)}", seen);
        Assert.Contains($"EXP_CHECKPOINT_DIR={home.Checkpoints}", seen);
        Assert.Contains("EXP_ATTEMPT=1", seen);
        Assert.Contains("EXP_EPOCH=1", seen);
        Assert.Contains("EXP_RESUME=", seen);
        Assert.Contains("EXP_EXPERIMENT=x-student", seen);
        Assert.Contains($"EXP_RESULTS={bench.Root.Directory}", seen);
        Assert.Contains($"EXP_INPUT_TEACHER={bench.Root.Run("teacher").Directory}", seen);
        Assert.Contains(seen, line => line.StartsWith("EXP_WORKER_ID=", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.Equal("/", seen[^1]);
    }

    [Fact]
    public async Task A_later_attempt_finds_the_newest_checkpoint_and_the_same_home()
    {
        await using var bench = await Workbench.OpenAsync();
        const string trainer = """
            if [ -z "$EXP_RESUME" ]; then echo first > "$EXP_CHECKPOINT_DIR/last.ckpt"; touch "$EXP_CHECKPOINT_DIR/next.tmp"; exit 1; fi
            cp "$EXP_RESUME" "$EXP_RUN_DIR/from"
            """;
        await bench.SubmitAsync(Workbench.Shell("r", trainer, d => d with { Retry = new RetryPolicy { Limit = 1, BackoffBase = 0.01 } }));

        await bench.DrainAsync();

        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("r")).Status);
        Assert.Equal("first\n", await File.ReadAllTextAsync(Path.Combine(bench.Root.Run("r").Directory, "from")));
    }

    [Fact]
    public async Task Printing_a_hundred_megabytes_only_fills_the_log()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("chatty", "head -c 100000000 /dev/zero | tr '\\0' 'x'"));
        var before = GC.GetTotalAllocatedBytes();

        await bench.DrainAsync();

        Assert.Equal(100_000_000, new FileInfo(bench.Root.Run("chatty").Log(1)).Length);
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("chatty")).Status);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 50_000_000);
    }

    [Fact]
    public async Task Malformed_lines_and_not_a_numbers_are_kept_and_lose_nothing_else()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Python("r", """
            import json, os
            with open(os.environ["EXP_EVENTS"], "a") as f:
                print(json.dumps({"metrics": {"loss": float("nan"), "worst": float("-inf")}, "step": 1}), file=f)
                print("epoch 2 of 3, all is well", file=f)
                print(json.dumps({"metrics": {"val_acc": 0.5}, "step": 2}), file=f)
                f.write(json.dumps({"metrics": {"val_acc": 0.75}, "step": 3}))
            """));

        var witness = await bench.DrainAsync();

        var run = (await bench.Registry.FindAsync("r"))!;
        Assert.Equal(RunStatus.Completed, run.Run.Status);
        Assert.Equal(double.NaN, run.Run.Metrics["loss"]);
        Assert.Equal(double.NegativeInfinity, run.Run.Metrics["worst"]);
        Assert.Equal(0.75, run.Run.Metrics["val_acc"]);
        Assert.Contains("epoch 2 of 3", Assert.Single((await bench.Registry.EventsAsync("r")).Latest, e => e.Name == "malformed").Data);
        Assert.Contains("epoch 2 of 3", Assert.Single(witness.Notices));
        Assert.Equal([0.5, 0.75], (await bench.Registry.SeriesAsync("r", "val_acc")).Select(p => p.Value));
    }

    [Fact]
    public async Task A_final_metrics_file_is_accepted_and_published()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", """printf '{"val_acc": 0.25, "note": "fine", "loss": NaN}' > "$EXP_RUN_DIR/metrics.json" """));

        await bench.DrainAsync();

        var run = await bench.RunAsync("r");
        Assert.Equal(0.25, run.Metrics["val_acc"]);
        Assert.Equal(double.NaN, run.Metrics["loss"]);
        Assert.False(run.Metrics.ContainsKey("note"));
        Assert.True(File.Exists(Path.Combine(bench.Root.Run("r").Directory, "metrics.json")));
    }

    [Fact]
    public async Task What_a_run_writes_under_a_name_of_its_home_is_kept_beside()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", """echo mine > "$EXP_RUN_DIR/config.json"; mkdir "$EXP_RUN_DIR/logs"; echo x > "$EXP_RUN_DIR/logs/y" """));

        await bench.DrainAsync();

        var home = bench.Root.Run("r").Directory;
        Assert.Equal("{}\n", await File.ReadAllTextAsync(Path.Combine(home, "config.json")));
        Assert.Equal("mine\n", await File.ReadAllTextAsync(Path.Combine(home, "outputs", "config.json")));
        Assert.True(File.Exists(Path.Combine(home, "outputs", "logs", "y")));
        Assert.True(File.Exists(Path.Combine(home, "logs", "attempt-1.log")));
    }

    [Fact]
    public async Task An_entrypoint_that_is_gone_fails_as_configuration_and_is_not_retried()
    {
        await using var bench = await Workbench.OpenAsync();
        var launch = new Launch { Kind = LaunchKind.File, Target = "train.py", Program = ["/usr/bin/python3", "train.py"], WorkingDirectory = "/" };
        await bench.SubmitAsync(Workbench.Planned("r", launch, "{}", d => d with { Retry = new RetryPolicy { Limit = 5, BackoffBase = 0.01 } }));

        await bench.DrainAsync();

        var run = await bench.RunAsync("r");
        Assert.Equal((RunStatus.Failed, "configuration", 1), (run.Status, run.Category, run.Attempts));
        Assert.Equal("expected entrypoint `train.py` to exist in `/`, got nothing", run.Message);
    }

    [Fact]
    public async Task A_file_without_an_interpreter_line_fails_as_configuration()
    {
        await using var bench = await Workbench.OpenAsync();
        var script = Path.Combine(bench.Scratch, "train.sh");
        await using (var file = new FileStream(script, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserExecute }))
            file.Write("echo hello"u8);
        await bench.SubmitAsync(Workbench.Planned("r", new Launch { Kind = LaunchKind.Executable, Target = script, Program = [script], WorkingDirectory = "/" }, "{}", null));

        await bench.DrainAsync();

        var run = await bench.RunAsync("r");
        Assert.Equal((RunStatus.Failed, "configuration"), (run.Status, run.Category));
        Assert.Contains("Exec format error", run.Message);
    }

    [Fact]
    public async Task A_home_that_is_a_link_to_elsewhere_is_refused()
    {
        await using var bench = await Workbench.OpenAsync();
        var elsewhere = Directory.CreateDirectory(Path.Combine(bench.Scratch, "elsewhere")).FullName;
        Directory.CreateDirectory(bench.Root.Runs);
        File.CreateSymbolicLink(Path.Combine(bench.Root.Runs, "a"), elsewhere);
        await bench.SubmitAsync(Workbench.Shell("a/b", "exit 0"));

        await bench.DrainAsync();

        Assert.Equal("configuration", (await bench.RunAsync("a/b")).Category);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }
}
