namespace Experiments.CommandLine.Tests;

/// <summary>What commands write into a pipe, whole, after a sweep.</summary>
public sealed class LookingTests(FinishedSweep sweep) : IClassFixture<FinishedSweep>
{
    private readonly CommandLineSession _session = sweep.Session;

    [Fact]
    public void A_run_in_a_pipe_is_plain_lines_and_ends_with_the_leaderboard()
    {
        // A slot is free before its run's end is recorded, so the next beginning may come before this end.
        var lines = sweep.FirstRun.Out.Split('\n');
        var sorted = lines[1..13].Order(StringComparer.Ordinal);

        Is(sweep.FirstRun with { Out = string.Join('\n', [lines[0], .. sorted, .. lines[13..]]) }, """
            LearningRates: 6 runs
            completed  digits/lr0.01_s0  test_accuracy 0.8010  0.0s
            completed  digits/lr0.01_s1  test_accuracy 0.8110  0.0s
            completed  digits/lr0.1_s0  test_accuracy 0.9010  0.0s
            completed  digits/lr0.1_s1  test_accuracy 0.9110  0.0s
            completed  digits/lr1_s0  test_accuracy 0.5010  0.0s
            completed  digits/lr1_s1  test_accuracy 0.5110  0.0s
            started    digits/lr0.01_s0
            started    digits/lr0.01_s1
            started    digits/lr0.1_s0
            started    digits/lr0.1_s1
            started    digits/lr1_s0
            started    digits/lr1_s1

            #  run               test_accuracy    loss  time
            1  digits/lr0.1_s1          0.9110  0.1500  0.0s
            2  digits/lr0.1_s0          0.9010  0.0500  0.0s
            3  digits/lr0.01_s1         0.8110  0.1500  0.0s
            4  digits/lr0.01_s0         0.8010  0.0500  0.0s
            5  digits/lr1_s1            0.5110  0.1500  0.0s
            6  digits/lr1_s0            0.5010  0.0500  0.0s

            6 runs completed in 0.0s; best test_accuracy 0.9110: digits/lr0.1_s1

            """);
    }

    [Fact]
    public void A_failed_run_is_told_with_its_last_words_and_its_log() => Is(sweep.FailedRun, """
        digits: 1 run
        started    digits/lr0.1_s0_fail
        failed     digits/lr0.1_s0_fail  unknown: exit code 3: ValueError: no such layer  0.0s

        1 run failed:
          digits/lr0.1_s0_fail  unknown: exit code 3: ValueError: no such layer
            RESULTS/runs/digits/lr0.1_s0_fail/logs/attempt-1.log

        0 of 1 run completed, 1 failed in 0.0s

        """, ExitCode.RunFailed);

    [Fact]
    public async Task When_everything_is_done_nothing_runs_and_a_line_says_so() => Is(await _session.RunAsync("run", "Quick"), """
        #  run              test_accuracy    loss  time
        1  digits/lr0.1_s1         0.9110  0.1500  0.0s
        2  digits/lr0.1_s0         0.9010  0.0500  0.0s

        2 runs done already, skipped

        """);

    [Fact]
    public async Task A_plan_says_what_is_done_and_what_is_new() => Is(await _session.RunAsync("plan", "LearningRates", "--learning-rate", "0.1", "--seed", "9"), """
        run              state    tags
        digits/lr0.1_s9  pending  baseline

        LearningRates: 1 run, 1 pending

        """);

    [Fact]
    public async Task A_plan_for_machines_has_the_documented_shape() => Is(await _session.RunAsync("plan", "digits", "--mode", "it's", "--json"), """
        {
          "target": "digits",
          "count": 1,
          "runs": [
            {
              "id": "digits/lr0.1_s0_it's",
              "experiment": "digits",
              "state": "new",
              "command": "/bin/sh PROGRAM/trainer.sh --learning-rate 0.1 --mode 'it'\\''s' --seed 0",
              "priority": 100,
              "tags": [],
              "inputs": {}
            }
          ]
        }

        """);

    [Fact]
    public async Task Status_counts_the_runs_by_state() => Is(await _session.RunAsync("status"), """
        state      runs
        pending       1
        running       0
        completed     6
        failed        1
        cancelled     0
        blocked       0

        no workers: `run` or `worker` executes what is pending

        """);

    [Fact]
    public async Task Status_for_machines_has_the_documented_shape() => Is(await _session.RunAsync("status", "LearningRates", "--json"), """
        {
          "pending": 0,
          "running": 0,
          "completed": 6,
          "failed": 0,
          "cancelled": 0,
          "blocked": 0,
          "workers": []
        }

        """);

    [Fact]
    public async Task A_list_shows_every_run_in_order_of_submission() => Is(await _session.RunAsync("list"), """
        run                   status     attempts  test_accuracy  time  tags      why
        digits/lr0.01_s0      completed         1         0.8010  0.0s  baseline
        digits/lr0.01_s1      completed         1         0.8110  0.0s  baseline
        digits/lr0.1_s0       completed         1         0.9010  0.0s  baseline
        digits/lr0.1_s1       completed         1         0.9110  0.0s  baseline
        digits/lr1_s0         completed         1         0.5010  0.0s  baseline
        digits/lr1_s1         completed         1         0.5110  0.0s  baseline
        digits/lr0.1_s0_fail  failed            1                 0.0s            unknown
        digits/lr0.1_s9       pending           0                       later

        """);

    [Fact]
    public async Task A_list_for_machines_has_the_documented_shape() => Is(await _session.RunAsync("list", "--status", "failed", "--json"), """
        [
          {
            "id": "digits/lr0.1_s0_fail",
            "experiment": "digits",
            "status": "failed",
            "attempts": 1,
            "priority": 100,
            "tags": [],
            "metrics": {},
            "created": "0000-00-00T00:00:00.000Z",
            "started": "0000-00-00T00:00:00.000Z",
            "ended": "0000-00-00T00:00:00.000Z",
            "category": "unknown"
          }
        ]

        """);

    [Theory]
    [InlineData("digits/lr0.1_s9", "list", "--tag", "later")]
    [InlineData("digits/lr0.01_s0", "list", "LearningRates", "--limit", "1")]
    [InlineData("digits/lr0.1_s0_fail", "list", "digits", "--status", "failed")]
    public async Task Lists_are_narrowed(string id, params string[] args)
    {
        var output = await _session.RunAsync(args);

        Assert.Equal(2, output.Out.Count(c => c == '\n'));
        Assert.Contains(id, output.Out);
    }

    [Fact]
    public async Task A_leaderboard_ranks_by_the_metric_named_in_the_direction_it_declares() => Is(await _session.RunAsync("leaderboard", "LearningRates", "--metric", "loss", "--top", "2"), """
        #  run                 loss  test_accuracy  time
        1  digits/lr0.01_s0  0.0500         0.8010  0.0s
        2  digits/lr0.1_s0   0.0500         0.9010  0.0s

        """);

    [Fact]
    public async Task The_tool_knows_the_targets_of_a_registry_and_their_metrics() => Is(await _session.RunToolAsync("leaderboard", "LearningRates", "--top", "1", "--json"), """
        [
          {
            "id": "digits/lr0.1_s1",
            "experiment": "digits",
            "status": "completed",
            "attempts": 1,
            "priority": 100,
            "tags": [
              "baseline"
            ],
            "metrics": {
              "loss": 0.15,
              "test_accuracy": 0.911
            },
            "created": "0000-00-00T00:00:00.000Z",
            "started": "0000-00-00T00:00:00.000Z",
            "ended": "0000-00-00T00:00:00.000Z",
            "category": null
          }
        ]

        """);

    [Theory]
    [InlineData("expected a declared metric, got `test_acuracy`", "did you mean `test_accuracy`?", "leaderboard", "LearningRates", "--metric", "test_acuracy")]
    [InlineData("expected a declared metric, got `f1`", "declared are `test_accuracy`, `loss`; for an undeclared one add `--goal max` or `--goal min`", "leaderboard", "--metric", "f1")]
    public async Task A_metric_nobody_declared_is_refused(string message, string hint, params string[] args) =>
        Assert.Equal(new Output(ExitCode.Usage, "", $"error EXP8104: {message}\n\nhint: {hint}\n"), await _session.RunAsync(args));

    [Fact]
    public async Task A_comparison_pairs_runs_that_differ_only_in_what_tells_the_groups_apart() => Is(await _session.RunAsync("compare", "digits/lr0.01_*", "digits/lr0.1_*"), """
        test_accuracy, higher is better

        group            runs    mean     std    best
        digits/lr0.01_*     2  0.8060  0.0071  0.8110
        digits/lr0.1_*      2  0.9060  0.0071  0.9110

        difference of means  +0.1000
        paired difference    +0.1000 ± 0.0000 over 2 pairs that differ in learning_rate; `digits/lr0.1_*` better in 2

        """);

    [Fact]
    public void Groups_are_compared_by_what_both_have_runs_of()
    {
        var digits = Digits.Catalogue.Experiments[0].Definition;
        var letters = digits with { Name = "letters", Metrics = [new MetricDefinition("f1", Goal.Maximize, Primary: true)] };

        Assert.Equal([digits], new RunGroup("lr0.1_*", [], [digits, letters]).ComparableWith(new RunGroup("lr0.3_*", [], [digits])));
        Assert.Equal([digits, letters], new RunGroup("digits/*", [], [digits]).ComparableWith(new RunGroup("letters/*", [], [letters])));
    }

    [Fact]
    public async Task Show_tells_all_of_a_run()
    {
        var output = await _session.RunAsync("show", "digits/lr0.1_s1");

        Assert.StartsWith("""
            run         digits/lr0.1_s1
            status      completed
            experiment  digits
            tags        baseline
            priority    100
            """, output.Out);
        Assert.Contains("""
            config      learning_rate = 0.1
                        mode = ok
                        seed = 1
            metrics     loss = 0.1500
                        test_accuracy = 0.9110
            artifacts   model = model.txt
            """, output.Out);
        Assert.Contains("succeeded", output.Out);
        Assert.Contains("RESULTS/runs/digits/lr0.1_s1/logs/attempt-1.log", output.Out);
    }

    [Fact]
    public async Task An_unknown_run_is_not_found_and_near_ones_are_offered() => Assert.Equal(
        new Output(ExitCode.NotFound, "", "error EXP8103: expected a run id, got `digits/lr0.1_s11`, which is none\n\nhint: did you mean `digits/lr0.1_s1`?\n"),
        await _session.RunAsync("show", "digits/lr0.1_s11"));

    [Fact]
    public async Task The_end_of_a_run_is_about_the_runs_it_was_asked_for()
    {
        await _session.RunAsync("run", "digits", "--seed", "1");

        Is(await _session.RunAsync("run", "digits", "--learning-rate", "1"), """
            #  run            test_accuracy    loss  time
            1  digits/lr1_s0         0.5010  0.0500  0.0s

            1 run done already, skipped

            """);
    }

    [Fact]
    public async Task What_is_done_would_be_run_again_where_that_is_asked_for()
    {
        Assert.EndsWith("\nQuick: 2 runs, 2 done\n", (await _session.RunAsync("run", "Quick", "--dry-run")).Out);
        Assert.EndsWith("\nQuick: 2 runs, 2 again\n", (await _session.RunAsync("run", "Quick", "--dry-run", "--rerun")).Out);
    }

    [Theory]
    [InlineData("did you mean `digits`?", "list", "--experiment", "digit")]
    [InlineData("there are `digits`", "leaderboard", "--experiment", "nope", "--metric", "loss")]
    [InlineData("there are `digits`", "cancel", "--all-pending", "--experiment", "nope")]
    [InlineData("there are `digits`", "retry", "--failed", "--experiment", "nope")]
    public async Task An_experiment_nobody_knows_is_not_found(string hint, params string[] args)
    {
        var output = await _session.RunAsync(args);

        Assert.Equal(ExitCode.NotFound, output.Code);
        Assert.StartsWith("error EXP8102: expected `--experiment` to name an experiment, got `", output.Error);
        Assert.EndsWith($"\nhint: {hint}\n", output.Error);
    }

    [Fact]
    public async Task Logs_are_the_log() => Is(await _session.RunAsync("logs", "digits/lr0.1_s1"), "training with 0.1\ndone\n");

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "done\n")]
    [InlineData(2, "training with 0.1\ndone\n")]
    [InlineData(3, "training with 0.1\ndone\n")]
    public async Task The_tail_of_a_log_is_its_last_lines(int lines, string tail) => Is(await _session.RunAsync("logs", "digits/lr0.1_s1", "--tail", $"{lines}"), tail);

    [Fact]
    public async Task Logs_of_a_run_that_never_began_are_not_found() => Assert.Equal(
        new Output(ExitCode.NotFound, "", "error EXP8106: expected `digits/lr0.1_s9` to have a log, got none: no attempt has begun\n\nhint: `status` says what it waits for\n"),
        await _session.RunAsync("logs", "digits/lr0.1_s9"));

    [Fact]
    public async Task A_results_root_without_a_registry_is_not_created_by_looking()
    {
        using var other = new CommandLineSession();

        var output = await other.RunAsync("status");

        Assert.Equal(ExitCode.NotFound, output.Code);
        Assert.StartsWith("error EXP7005: expected `RESULTS` to be a results root", output.Error);
        Assert.False(Directory.Exists(other.Root));
    }

    private static void Is(Output output, string text, ExitCode code = ExitCode.Success) => Assert.Equal(new Output(code, text.ReplaceLineEndings("\n"), ""), output);
}
