using System.Text.Json;
using Xunit;

namespace Experiments.Core.Tests;

public sealed class RunContextSpecs : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("experiments-context-").FullName;

    [Fact]
    public void Metrics_become_one_line_of_json_each()
    {
        using (var run = Open())
        {
            run.Report(3, ("val_acc", 0.5), ("loss", double.NaN), ("peak", double.PositiveInfinity));
            run.Report("done", 1);
        }

        var lines = Events();
        Assert.Equal(2, lines.Length);
        Assert.Equal(3, lines[0].GetProperty("step").GetInt64());
        Assert.Equal(0.5, lines[0].GetProperty("metrics").GetProperty("val_acc").GetDouble());
        Assert.Equal("NaN", lines[0].GetProperty("metrics").GetProperty("loss").GetString());
        Assert.Equal("Infinity", lines[0].GetProperty("metrics").GetProperty("peak").GetString());
        Assert.False(lines[1].TryGetProperty("step", out _));
    }

    [Fact]
    public void Progress_events_and_artifacts_are_recorded()
    {
        using (var run = Open())
        {
            run.Progress(1.5);
            run.Event("epoch_complete", ("epoch", "3"));
            run.Artifact("model", "best.pt");
        }

        var lines = Events();
        Assert.Equal(1, lines[0].GetProperty("progress").GetDouble());
        Assert.Equal("3", lines[1].GetProperty("data").GetProperty("epoch").GetString());
        Assert.Equal("best.pt", lines[2].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Lines_of_several_threads_stay_whole()
    {
        using (var run = Open())
            await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
            {
                for (var step = 0; step < 250; step++)
                    run.Report($"metric_{thread}", step, step);
            })));

        Assert.Equal(2000, Events().Length);
    }

    [Fact]
    public void A_process_that_no_worker_started_is_told_what_to_do()
    {
        var error = Assert.Throws<ExperimentsException>(() => RunContext.FromVariables(new Dictionary<string, string>()));
        Assert.Equal("EXP8001", error.Code);
        Assert.Contains("`EXP_RUN_ID`", error.Message);
        Assert.Contains("`run`", error.Hint);
    }

    [Fact]
    public void An_input_is_found_by_its_name_outside_csharp()
    {
        using var run = Open((ProtocolVariables.Input("best_teacher"), "/runs/teacher"));
        Assert.Equal("/runs/teacher", run.InputDirectory("best_teacher"));
        Assert.Throws<ExperimentsException>(() => run.InputDirectory("student"));
    }

    [Fact]
    public void An_empty_resume_variable_is_a_fresh_start()
    {
        using var run = Open((ProtocolVariables.Resume, ""));
        Assert.Null(run.ResumeFrom);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private RunContext Open(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>
        {
            [ProtocolVariables.RunId] = "a/b",
            [ProtocolVariables.RunDirectory] = _directory,
            [ProtocolVariables.Config] = Path.Combine(_directory, "config.json"),
            [ProtocolVariables.CheckpointDirectory] = _directory,
            [ProtocolVariables.Attempt] = "2",
            [ProtocolVariables.Events] = Path.Combine(_directory, "metrics.jsonl"),
        };
        foreach (var (name, value) in more)
            variables[name] = value;
        return RunContext.FromVariables(variables);
    }

    private JsonElement[] Events() =>
        [.. File.ReadAllLines(Path.Combine(_directory, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
