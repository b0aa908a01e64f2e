using System.Text.Json;

namespace Experiments.CommandLine.Tests;

/// <summary>Commands that change the queue.</summary>
public sealed class ChangingTests : IDisposable
{
    private readonly CommandLineSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Submitting_says_what_became_of_every_run()
    {
        Assert.Equal(new Output(ExitCode.Success, "LearningRates: 6 runs, 6 new\n", "`worker` executes them\n"), await _session.RunAsync("submit", "LearningRates"));
        Assert.Equal(new Output(ExitCode.Success, "LearningRates: 6 runs, 6 waiting already\n", ""), await _session.RunAsync("submit", "LearningRates"));
    }

    [Fact]
    public async Task Options_that_exclude_each_other_are_refused() => Assert.Equal(
        new Output(ExitCode.Usage, "", "error EXP8101: expected one of `--rerun`, `--force`, got 2\n\nhint: each says what happens to known runs: choose one\n"),
        await _session.RunAsync("submit", "LearningRates", "--rerun", "--force"));

    [Fact]
    public async Task A_dry_run_and_a_validation_submit_nothing()
    {
        Assert.EndsWith("\nLearningRates: 6 runs, 6 new\n", (await _session.RunAsync("run", "LearningRates", "--dry-run")).Out);
        Assert.Equal(new Output(ExitCode.Success, "LearningRates: 6 runs valid, 6 new\n", ""), await _session.RunAsync("run", "LearningRates", "--validate-only"));
        Assert.False(Directory.Exists(_session.Root));
    }

    [Fact]
    public async Task An_override_out_of_bounds_is_refused_before_anything_is_written()
    {
        var output = await _session.RunAsync("run", "LearningRates", "--learning-rate", "11");

        Assert.Equal(new Output(ExitCode.Usage, "", "error EXP8010: expected `--learning-rate` to be from 1e-06 to 10, got 11\n\nhint: `run LearningRates --help` lists the options\n"), output);
        Assert.False(Directory.Exists(_session.Root));
    }

    [Fact]
    public async Task Pending_runs_are_cancelled_and_retried_by_pattern_and_a_dry_run_only_shows_them()
    {
        await _session.RunAsync("submit", "LearningRates");
        var output = await _session.RunAsync("cancel", "digits/lr1_*", "--dry-run");
        Assert.Equal(new Output(ExitCode.Success, "digits/lr1_s0\ndigits/lr1_s1\n", "2 runs would be cancelled\n"), output);
        Assert.Equal(6, await CountAsync("pending"));

        Assert.Equal(output with { Error = "2 runs cancelled\n" }, await _session.RunAsync("cancel", "digits/lr1_*"));
        Assert.Equal(2, await CountAsync("cancelled"));
        Assert.Equal(output with { Error = "2 runs queued again\n" }, await _session.RunAsync("retry", "digits/lr1_*"));
        Assert.Equal(6, await CountAsync("pending"));
    }

    [Fact]
    public async Task A_run_named_in_full_that_cannot_be_changed_is_an_error()
    {
        await _session.RunAsync("submit", "digits");

        Assert.Equal(new Output(ExitCode.Usage, "", """
            0 runs queued again
            error EXP8107: expected runs that can be queued again, got `digits/lr0.1_s0` (pending)

            hint: only failed and cancelled runs can be: `run TARGET --rerun` repeats completed ones

            """.ReplaceLineEndings("\n")), await _session.RunAsync("retry", "digits/lr0.1_s0"));
    }

    [Fact]
    public async Task Following_the_log_of_a_run_that_has_not_begun_waits_for_it()
    {
        await _session.RunAsync("submit", "digits");
        var log = _session.RunAsync("logs", "digits/lr0.1_s0", "--follow");
        await _session.RunProcessAsync("worker", "--drain", "--slots", "1");

        Assert.Equal(new Output(ExitCode.Success, "training with 0.1\ndone\n", "`digits/lr0.1_s0` is pending: waiting for its first attempt\n"), await log);
    }

    [Theory]
    [InlineData("expected run ids or `--failed`, got neither", "retry")]
    [InlineData("expected run ids or `--failed`, got both", "retry", "a", "--failed")]
    [InlineData("expected run ids or `--all-pending`, got neither", "cancel")]
    public async Task Changing_needs_runs_named_one_way(string message, params string[] args) =>
        Assert.StartsWith($"error EXP8101: {message}\n", (await _session.RunAsync(args)).Error);

    [Fact]
    public async Task All_pending_runs_are_cancelled_at_once()
    {
        await _session.RunAsync("submit", "LearningRates");

        using var output = JsonDocument.Parse((await _session.RunAsync("cancel", "--all-pending", "--json")).Out);

        Assert.Equal(6, output.RootElement.GetProperty("changed").GetArrayLength());
        Assert.Equal(0, await CountAsync("pending"));
    }

    [Fact]
    public async Task A_plan_file_is_submitted_by_the_tool_as_it_was_planned()
    {
        Directory.CreateDirectory(_session.Root);
        var file = Path.Combine(_session.Root, "plan.json");
        Assert.Equal("wrote 6 runs to `RESULTS/plan.json`\n", (await _session.RunAsync("plan", "LearningRates", "--out", file)).Error);
        var first = File.ReadAllText(file);

        var planned = await _session.RunToolAsync("plan", file, "--out", file);

        Assert.EndsWith("\nLearningRates: 6 runs, 6 new\n", planned.Out);
        Assert.Equal(first, File.ReadAllText(file));
        Assert.Equal("LearningRates: 6 runs, 6 new\n", (await _session.RunToolAsync("submit", file)).Out);
        // The program's own plan is the same one.
        Assert.Equal("LearningRates: 6 runs, 6 waiting already\n", (await _session.RunAsync("submit", "LearningRates")).Out);
    }

    [Theory]
    [InlineData("{\"learning_rate\":0.01,", "{\"learning_rate\":0.02,", "expected the configuration of `digits/lr0.01_s0` to have the hash beside it")]
    [InlineData("\"digits/lr0.01_s0\"", "\"../../escaped\"", "expected a portable path as run id, got `../../escaped`")]
    [InlineData("\"format\": 1", "\"format\": 2", "expected `format` to be 1, got 2")]
    [InlineData("\"runs\"", "\"ruins\"", "to be a plan, got JSON of something else")]
    [InlineData("{\n  \"format\"", "{\n  format", "to be a plan, got no JSON from line 2, column 3 on")]
    public async Task A_plan_file_that_was_changed_is_refused(string old, string changed, string message)
    {
        Directory.CreateDirectory(_session.Root);
        var file = Path.Combine(_session.Root, "plan.json");
        await _session.RunAsync("plan", "LearningRates", "--out", file);
        File.WriteAllText(file, File.ReadAllText(file).Replace(old, changed));

        var output = await _session.RunToolAsync("submit", file);

        Assert.Equal(ExitCode.Usage, output.Code);
        Assert.StartsWith("error EXP8105: ", output.Error);
        Assert.Contains(message, output.Error);
    }

    [Fact]
    public async Task A_plan_file_that_is_not_there_is_not_found() => Assert.Equal(ExitCode.NotFound, (await _session.RunToolAsync("submit", "nothing.json")).Code);

    private async Task<int> CountAsync(string state)
    {
        using var status = JsonDocument.Parse((await _session.RunAsync("status", "--json")).Out);
        return status.RootElement.GetProperty(state).GetInt32();
    }
}
