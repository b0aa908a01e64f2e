using System.Text;
using Experiments.Registry;

namespace Experiments.Runtime.Tests.Workers;

public sealed class SecretTests
{
    [Fact]
    public async Task An_attempt_finds_its_secrets_in_its_environment_and_not_among_its_arguments()
    {
        await using var bench = await Workbench.OpenAsync();
        var file = Secret(bench, "from a file\n");
        await bench.SubmitAsync(Needing("a", $$"""{"hub":{"token":"file:{{file}}"},"rate":0.1,"spare":null}""", """printf '%s|%s' "$EXP_SECRET_HUB_TOKEN" "$*" > "$EXP_RUN_DIR/seen" """));

        await bench.DrainAsync();

        Assert.Equal("from a file|--rate 0.1", await File.ReadAllTextAsync(Path.Combine(bench.Root.Run("a").Directory, "seen")));
    }

    [Fact]
    public async Task What_a_trainer_says_of_a_secret_is_masked_in_the_registry()
    {
        await using var bench = await Workbench.OpenAsync();
        var file = Secret(bench, "pl\"anted-7");
        await bench.SubmitAsync(Needing("a", $$"""{"hub": {"token":"file:{{file}}"} }""", """
            echo '{"event":"signed_in","data":{"with":"pl\"anted-7","at":1}}' >> "$EXP_EVENTS"
            echo "not json: $EXP_SECRET_HUB_TOKEN" >> "$EXP_EVENTS"
            echo "fatal: $EXP_SECRET_HUB_TOKEN was refused" >&2; exit 1
            """));

        var witness = await bench.DrainAsync();

        var run = (await bench.Registry.FindAsync("a"))!;
        Assert.Contains("*** was refused", run.Run.Message);
        var events = (await bench.Registry.EventsAsync("a")).Latest;
        Assert.Contains(events, e => e is { Name: "signed_in", Data: """{"with":"***","at":1}""" });
        Assert.All(events, e => Assert.DoesNotContain("anted-7", e.Data));
        Assert.All(witness.Notices, notice => Assert.DoesNotContain("anted-7", notice));
    }

    [Fact]
    public async Task A_secret_that_looks_like_a_number_leaves_events_readable()
    {
        await using var bench = await Workbench.OpenAsync();
        var file = Secret(bench, "1234");
        await bench.SubmitAsync(Needing("a", $$"""{"hub": {"token":"file:{{file}}"} }""", """echo '{"event":"counted","data":{"steps":12345}}' >> "$EXP_EVENTS" """));

        await bench.DrainAsync();

        Assert.Contains((await bench.Registry.EventsAsync("a")).Latest, e => e is { Name: "counted", Data: "\"***\"" });
    }

    [Theory]
    [InlineData("", "an empty one")]
    [InlineData(null, "no such file")]
    public async Task A_missing_secret_is_a_configuration_error_that_names_the_place(string? content, string found)
    {
        await using var bench = await Workbench.OpenAsync();
        var file = content is null ? Path.Combine(bench.Scratch, "none") : Secret(bench, content);
        await bench.SubmitAsync(Needing("a", $$"""{"hub": {"token":"file:{{file}}"} }""", "exit 0"));

        await bench.DrainAsync();

        var run = await bench.RunAsync("a");
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal("configuration", run.Category);
        Assert.Equal($"expected file `{file}` to hold a secret, got {found}", run.Message);
    }

    [Fact]
    public void Every_missing_secret_of_a_plan_is_named_at_once()
    {
        var plan = Plan.Create("test",
        [
            Needing("a", """{"hub":{"token":"env:EXP_TEST_NONE"},"spare":"file:/nowhere/key"}""", "exit 0"),
            Needing("b", """{"hub":{"token":"env:EXP_TEST_NONE"}}""", "exit 0"),
        ]);

        var error = Assert.Throws<ExperimentsException>(() => PlanSecrets.Require(plan));

        Assert.Equal("EXP8300", error.Code);
        Assert.Contains("got 2 mistakes", error.Message);
        Assert.Contains("environment variable `EXP_TEST_NONE` to hold a secret, got nothing (`hub.token` of", error.Message);
        Assert.Contains("file `/nowhere/key`", error.Message);
    }

    private static string Secret(Workbench bench, string content)
    {
        var path = Path.Combine(bench.Scratch, "secret");
        File.WriteAllText(path, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }

    private static PlannedRun Needing(string id, string config, string script) => Workbench.Planned(id,
        new Launch { Kind = LaunchKind.Executable, Target = "/bin/sh", Program = ["/bin/sh", "-c", script, "run"], WorkingDirectory = "/" },
        config, definition => definition with { Secrets = ["hub.token", "spare"] });
}
