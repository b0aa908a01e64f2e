using System.Text;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Planted secrets are looked for wherever we write: only what trainers print themselves may hold them.</summary>
public sealed class SecretSpecs : IDisposable
{
    private readonly Workspace _workspace = new("tests/Experiments.EndToEnd.Tests/Fixtures/Secretive");
    private readonly string _token = $"hf_planted+{Guid.NewGuid():n}";
    private readonly string _key = $"key \"planted\" {Guid.NewGuid():n}";

    public SecretSpecs()
    {
        _workspace.Environment["HOME"] = _workspace.Directory;
        _workspace.Environment["EXP_PYTHON"] = "/usr/bin/python3";
        _workspace.Environment["TORCH_HUB_PAT"] = _token;
        _workspace.Environment["RELEASE"] = _workspace.PathOf("release");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Secrets_reach_trainers_and_nothing_else()
    {
        KeepKey();
        var said = new StringBuilder();
        await using (var running = _workspace.Start("run", "Uploads", "--slots", "3"))
        {
            await Workspace.UntilAsync("all trainers to start", () => new[] { "good", "talkative", "failing" }.All(run => File.Exists(_workspace.RunFile("upload/" + run, "attempts", "1", "started"))));
            AssertHidden("the list of processes", CommandLines());
            File.WriteAllText(_workspace.PathOf("release"), "");
            said.Append((await running.EndAsync()).Exits(1));
        }

        said.Append((await _workspace.RunAsync("run", "Visits")).Exits(0));
        said.Append((await _workspace.RunAsync("retry", "--failed")).Exits(0));
        said.Append((await _workspace.RunAsync("worker", "--drain")).Exits(1));
        foreach (var looking in (string[][])[["list", "--json"], ["list"], ["show", "upload/failing"], ["show", "upload/talkative", "--json"], ["plan", "Uploads", "--commands"],
            ["plan", "Uploads", "--json"], ["plan", "Visits", "--out", "plan.json"], ["leaderboard", "Uploads"], ["status"], ["registry", "export", "export.jsonl"], ["registry", "backup", "backup.db"]])
            said.Append((await _workspace.RunAsync(looking)).Exits(0));

        // They got what they needed.
        foreach (var run in (string[])["upload/good", "upload/talkative", "visit/0", "visit/1"])
            Assert.Equal(_token.Length + _key.Length, (await _workspace.JsonAsync("show", run)).GetProperty("metrics").GetProperty("score").GetInt32());
        Assert.Contains("the hub refused *** and ***", (await _workspace.JsonAsync("show", "upload/failing")).GetProperty("message").GetString());
        Assert.Contains(_token, File.ReadAllText(_workspace.RunFile("upload/failing", "logs", "attempt-1.log")));

        AssertHidden("what commands say", said.ToString());
        var files = Directory.GetFiles(_workspace.Directory, "*", SearchOption.AllDirectories).Where(file => !IsTrainers(file)).ToList();
        Assert.Contains(files, file => file.EndsWith("registry.db", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("run.json", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("export.jsonl", StringComparison.Ordinal));
        Assert.All(files, file => AssertHidden(file, Encoding.UTF8.GetString(File.ReadAllBytes(file))));
    }

    [Fact]
    public async Task Run_json_leaves_the_variable_out_and_config_json_names_it()
    {
        KeepKey();
        (await _workspace.RunAsync("run", "visit", "--seed", "7")).Exits(0);
        Assert.DoesNotContain("TORCH_HUB_PAT", File.ReadAllText(_workspace.RunFile("visit/7", "run.json")));
        Assert.Contains("\"token\": \"env:TORCH_HUB_PAT\"", File.ReadAllText(_workspace.RunFile("visit/7", "config.json")));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("submit")]
    [InlineData("run", "--validate-only")]
    public async Task A_missing_secret_is_an_error_before_anything_is_queued(string command, params string[] options)
    {
        _workspace.Environment["TORCH_HUB_PAT"] = "";
        var refused = (await _workspace.RunAsync([command, "Visits", .. options])).Exits(2);
        Assert.Contains("error EXP8300", refused.Error);
        Assert.Contains("environment variable `TORCH_HUB_PAT`", refused.Error);
        Assert.Contains("file `~/key.txt`", refused.Error);
        Assert.False(File.Exists(_workspace.PathOf("results", "registry.db")));
    }

    [Fact]
    public async Task A_secret_that_is_gone_when_the_attempt_starts_fails_the_run_once_and_for_all()
    {
        KeepKey();
        (await _workspace.RunAsync("submit", "Visits")).Exits(0);
        File.Delete(_workspace.PathOf("key.txt"));
        (await _workspace.RunAsync("worker", "--drain")).Exits(1);

        var run = await _workspace.JsonAsync("show", "visit/0");
        Assert.Equal("failed", run.GetProperty("status").GetString());
        Assert.Equal(1, run.GetProperty("attempts").GetArrayLength());
        Assert.Contains("expected file `~/key.txt` to hold a secret, got no such file", run.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_secret_typed_as_an_option_is_refused_and_not_repeated()
    {
        var refused = (await _workspace.RunAsync("run", "visit", "--token", _token)).Exits(2);
        Assert.Contains("expected `--token` to be a reference to a secret", refused.Error);
        AssertHidden("the error", refused.Output + refused.Error);
    }

    private void KeepKey() => File.WriteAllText(_workspace.PathOf("key.txt"), _key + "\n");

    /// <summary>Whether a trainer wrote a file, or we planted it.</summary>
    private bool IsTrainers(string file) => file == _workspace.PathOf("key.txt")
        || Path.GetFileName(file) is "metrics.jsonl" || (Path.GetFileName(file).StartsWith("attempt-", StringComparison.Ordinal) && file.EndsWith(".log", StringComparison.Ordinal));

    private void AssertHidden(string where, string text)
    {
        // Parts that survive every way of escaping.
        foreach (var part in (string[])[_token["hf_planted+".Length..], _key["key \"planted\" ".Length..]])
            Assert.False(text.Contains(part, StringComparison.Ordinal), $"a secret is in {where}");
    }

    private string CommandLines()
    {
        var processes = _workspace.Processes();
        Assert.True(processes.Count >= 5, "expected the program, its keeper and three trainers");
        return string.Join('\n', processes.Select(pid => File.ReadAllText($"/proc/{pid}/cmdline")));
    }
}
