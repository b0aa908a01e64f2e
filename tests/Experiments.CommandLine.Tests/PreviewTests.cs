using System.Text.Json;

namespace Experiments.CommandLine.Tests;

/// <summary>What is said of a plan before it is submitted. <c>--mode quiet</c> is a configuration that the id does not tell.</summary>
public sealed class PreviewTests : IDisposable
{
    private readonly CommandLineSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_run_known_with_another_configuration_is_a_conflict_and_never_done()
    {
        await _session.RunAsync("submit", "digits");
        var plan = await _session.RunAsync("plan", "digits", "--mode", "quiet");
        var refusal = await _session.RunAsync("run", "digits", "--mode", "quiet", "--slots", "1");

        Assert.EndsWith("\ndigits: 1 run, 1 conflict\n", plan.Out);
        Assert.Equal("`digits/lr0.1_s0` is known with another configuration: `run` and `submit` would refuse (EXP7010); `run --validate-only` says what differs\n", plan.Error);
        Assert.Equal(plan, await _session.RunAsync("run", "digits", "--mode", "quiet", "--dry-run"));
        Assert.StartsWith("error EXP7010: ", refusal.Error);
        Assert.Equal(refusal, await _session.RunAsync("run", "digits", "--mode", "quiet", "--validate-only"));
    }

    [Theory]
    [InlineData("1 again")]
    [InlineData("1 cancelled", "--skip-existing")]
    [InlineData("1 again", "--rerun")]
    [InlineData("1 replaced", "--force", "--mode", "quiet")]
    public async Task A_dry_run_says_what_submitting_would_do(string counts, params string[] options)
    {
        await _session.RunAsync("submit", "digits");
        await _session.RunAsync("cancel", "--all-pending");

        Assert.EndsWith($"\ndigits: 1 run, {counts}\n", (await _session.RunAsync(["run", "digits", "--dry-run", .. options])).Out);
        Assert.Equal($"digits: 1 run valid, {counts}\n", (await _session.RunAsync(["run", "digits", "--validate-only", .. options])).Out);
    }

    [Fact]
    public async Task A_dry_run_shows_the_tags_and_the_priority_that_were_asked_for()
    {
        await _session.RunAsync("submit", "Quick", "--seed", "0");

        using var output = JsonDocument.Parse((await _session.RunAsync("run", "LearningRates", "--dry-run", "--json", "--seed", "0", "--tag", "a", "--tag", "b", "--priority", "7")).Out);

        Assert.Equal(["new 7 baseline,a,b", "pending 100 baseline", "new 7 baseline,a,b"], output.RootElement.GetProperty("runs").EnumerateArray().Select(run =>
            $"{run.GetProperty("state")} {run.GetProperty("priority")} {string.Join(',', run.GetProperty("tags").EnumerateArray())}"));
    }

    [Fact]
    public async Task What_no_worker_could_begin_with_leaves_nothing_queued()
    {
        var output = await _session.RunAsync("run", "digits", "--slots", "0");

        Assert.StartsWith("error EXP8031: ", output.Error);
        Assert.False(Directory.Exists(_session.Root));
    }

    [Theory]
    [InlineData("plan", "LearningRates")]
    [InlineData("plan", "--diff")]
    [InlineData("list")]
    public async Task A_results_root_that_cannot_be_looked_into_is_not_taken_for_an_empty_one(params string[] args)
    {
        // Permissions don't hinder root; a link to itself hinders everybody.
        File.CreateSymbolicLink(_session.Root, _session.Root);
        try
        {
            var output = await _session.RunAsync(args);

            Assert.Equal(ExitCode.RegistryUnavailable, output.Code);
            Assert.StartsWith("error EXP7001: expected the results root `RESULTS` to be readable, got: ", output.Error);
        }
        finally
        {
            File.Delete(_session.Root);
        }
    }

    [Theory]
    [InlineData("plan", "LearningRates", "--out")]
    [InlineData("plan", "--lock", "--lock-file")]
    [InlineData("registry", "export")]
    [InlineData("registry", "backup")]
    public async Task A_file_in_a_folder_that_does_not_exist_is_no_mistake_of_ours(params string[] args)
    {
        await _session.RunAsync("submit", "digits");
        var file = Path.Combine(_session.Root, "nowhere", "x.json");

        Assert.Equal(new Output(ExitCode.Usage, "", "error EXP8109: expected to write `RESULTS/nowhere/x.json`, got no folder `RESULTS/nowhere`\n\nhint: create the folder first, or name another one\n"),
            await _session.RunAsync([.. args, file]));
    }
}
