using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Scripts, as people run them: with the tool, as executable files, later by a worker elsewhere.</summary>
public sealed class ScriptSpecs : IDisposable
{
    private const string Curve = """
        [Experiment("curve", Id = "x{X}")]
        public sealed partial record Curve
        {
            public int X { get; init; }
            public int Milliseconds { get; init; } = 1;

            public async Task<Results> RunAsync(RunContext run)
            {
                await Task.Delay(Milliseconds);
                return new Results { Y = X * X };
            }

            public sealed partial record Results
            {
                [Metric(Goal.Minimize)] public double Y { get; init; }
            }
        }

        [Sweep]
        public sealed partial record Line : ISweep<Curve>
        {
            [Values(3, 1, 2)] public int X { get; init; }
        }
        """;

    private readonly Workspace _workspace = new("src/Experiments.Tool") { Environment = { ["EXP_PYTHON"] = "/usr/bin/python3" } };

    public ScriptSpecs()
    {
        _workspace.Environment["EXP_CACHE"] = _workspace.PathOf("cache");
        // As after `dotnet tool install`: `exp` is found by its name.
        _workspace.Environment["PATH"] = Path.GetDirectoryName(Repository.Tool) + ":" + Environment.GetEnvironmentVariable("PATH");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_example_of_one_file_trains_and_the_staged_one_goes_on_from_it()
    {
        var first = (await _workspace.RunAsync("run", Example("quickstart.csx"))).Exits(0);
        Assert.Contains("36 runs completed", first.Output);

        var staged = (await _workspace.RunAsync("run", Example("staged.csx"))).Exits(0);
        Assert.Contains("36 runs done already, skipped", staged.Output + staged.Error);
        Assert.Matches(@"fine:   lr0\.\d+_wd1e-\d_s7 reads 9\d", staged.Output);

        var results = (await _workspace.RunAsync(Example("results.csx"), "digits", "test_accuracy")).Exits(0);
        Assert.Matches(@"lr0\.\d+_wd1e-\d_s\d +0\.9\d+ +█+", results.Output);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(_workspace.PathOf("best.svg")));
    }

    [Fact]
    public async Task The_example_of_a_python_trainer_runs()
    {
        Assert.Contains("4 runs completed", (await _workspace.RunAsync("run", Example("python.csx"))).Exits(0).Output);
        Assert.True(File.Exists(_workspace.RunFile("rate0.1_epochs3", "weights.json")));
    }

    [Fact]
    public async Task A_script_is_an_executable_file()
    {
        var script = Write("hello", "#!/usr/bin/env exp\nWriteLine($\"hello {string.Join('+', Args)}\");\nreturn Args.Count;");
        (await _workspace.ExecuteAsync("chmod", "+x", script)).Exits(0);

        Assert.Equal("hello a+--b\n", (await _workspace.ExecuteAsync(script, "a", "--b")).Exits(2).Output);
    }

    [Fact]
    public async Task A_script_of_sweeps_is_a_program()
    {
        var script = Write("curve.csx", Curve);

        using var plan = JsonDocument.Parse((await _workspace.RunAsync("plan", script, "--json")).Exits(0).Output);
        Assert.Equal(["x3", "x1", "x2"], plan.RootElement.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        Assert.Contains("3 runs completed", (await _workspace.RunAsync("run", script, "Line")).Exits(0).Output);
        Assert.Contains("x1", (await _workspace.RunAsync(script, "leaderboard", "curve")).Exits(0).Output);
        (await _workspace.RunAsync("run", script, "curve", "--x", "7")).Exits(0);
        (await _workspace.RunAsync("run", script, "--ex", "7")).Exits(2);
    }

    [Fact]
    public async Task Runs_that_a_script_submitted_are_executed_by_a_worker_elsewhere_and_later()
    {
        var script = Write("curve.csx", Curve);
        (await _workspace.RunAsync("submit", script)).Exits(0);
        // The worker needs the registry, and the code as it was then.
        File.Delete(script);
        Directory.CreateDirectory(_workspace.PathOf("elsewhere"));

        (await _workspace.ExecuteAsync("bash", "-c", $"cd elsewhere && exp worker --drain --results {_workspace.PathOf("results")}")).Exits(0);

        var runs = await _workspace.JsonAsync("list");
        Assert.All(runs.EnumerateArray(), run => Assert.Equal("completed", run.GetProperty("status").GetString()));
        Assert.Equal(3, runs.GetArrayLength());
    }

    [Fact]
    public async Task A_run_whose_code_is_gone_fails_and_says_why()
    {
        var script = Write("curve.csx", Curve);
        (await _workspace.RunAsync("submit", script)).Exits(0);
        (await _workspace.RunAsync("cache", "clear")).Exits(0);
        Write("curve.csx", Curve.Replace("X * X", "X + X", StringComparison.Ordinal));

        await _workspace.RunAsync("worker", "--drain");

        Assert.Contains("EXP9011", (await _workspace.RunAsync("logs", "x1")).Output);
    }

    [Fact]
    public async Task Known_runs_are_skipped_or_repeated_as_asked_and_other_values_under_the_same_id_are_refused_until_forced()
    {
        const string text = """
            [Experiment("one", Id = "one")]
            public sealed partial record One
            {
                public double Lr { get; init; } = 0.1;
                public int Epochs { get; init; } = 5;
                public Task RunAsync(RunContext run) => Task.CompletedTask;
            }
            """;
        var script = Write("one.csx", text);
        (await _workspace.RunAsync("run", script, "one")).Exits(0);
        foreach (var (choice, said) in ((string?, string)[])[(null, "1 done already, skipped"), ("--skip-existing", "1 done already, skipped"), ("--rerun", "1 queued again"), ("--rerun", "1 waiting already")])
            Assert.Contains($"1 run, {said}", (await _workspace.RunAsync(["submit", script, "one", .. choice is null ? Array.Empty<string>() : [choice]])).Exits(0).Output);
        (await _workspace.RunAsync("run", script, "one")).Exits(0);

        Write("one.csx", text.Replace("0.1", "0.2", StringComparison.Ordinal).Replace("= 5", "= 7", StringComparison.Ordinal));
        foreach (var choice in (string[][])[[], ["--skip-existing"], ["--rerun"]])
        {
            var refused = await _workspace.RunAsync(["run", script, "one", .. choice]);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains("error EXP7010: expected run `one` to have the configuration it is known with, got another one (known → now: `epochs` 5 → 7, `lr` 0.1 → 0.2)", refused.Error);
            Assert.Matches("\"lr\": ?0.1", (await _workspace.RunAsync("show", "one", "--json")).Exits(0).Output);
        }

        Assert.Contains("1 run completed", (await _workspace.RunAsync("run", script, "one", "--force")).Exits(0).Output);
        Assert.Matches("\"lr\": ?0.2", (await _workspace.RunAsync("show", "one", "--json")).Exits(0).Output);
    }

    [Fact]
    public async Task A_failed_input_blocks_what_needs_it_and_a_retry_frees_it()
    {
        var script = Write("chain.csx", """
            [Experiment("teacher", Id = "teacher_{X}")]
            public sealed partial record Teacher
            {
                public int X { get; init; }
                public Task RunAsync(RunContext run) => File.Exists("../../../../../data") ? Task.CompletedTask : throw new FileNotFoundException("no data");
            }

            [Experiment("student", Id = "student_{X}")]
            public sealed partial record Student
            {
                public int X { get; init; }
                [Input] public Teacher From => new() { X = X };
                public Task RunAsync(RunContext run) => Task.CompletedTask;
            }

            [Sweep] public sealed partial record Students : ISweep<Student> { [Values(1, 2)] public int X { get; init; } }
            """.Replace("../../../../../data", _workspace.PathOf("data"), StringComparison.Ordinal));

        var run = (await _workspace.RunAsync("run", script, "Students")).Exits(1);
        Assert.Contains("2 runs blocked: input `teacher_1` failed, input `teacher_2` failed", run.Output);
        Assert.Matches(@"blocked +2\n\nblocked run +by *\nstudent_1 +input `teacher_1` failed", (await _workspace.RunAsync("status")).Exits(0).Output);

        Write("data", "");
        (await _workspace.RunAsync("retry", "--failed")).Exits(0);
        Assert.Matches(@"pending +4\n(.*\n)*blocked +0", (await _workspace.RunAsync("status")).Exits(0).Output);
        Assert.Contains("4 runs completed", (await _workspace.RunAsync("run", script, "Students")).Exits(0).Output);
    }

    [Fact]
    public async Task A_killed_script_resumes_where_it_was()
    {
        var script = Write("curve.csx", Curve.Replace("Milliseconds { get; init; } = 1;", "Milliseconds { get; init; } = 300;", StringComparison.Ordinal));
        await using (var command = _workspace.Start("run", script, "--slots", "1"))
        {
            await Workspace.UntilAsync("a run that completed", () => command.Output.Contains("completed", StringComparison.Ordinal));
            command.Signal(Command.Kill);
            await command.EndAsync();
        }

        (await _workspace.RunAsync("run", script)).Exits(0);

        Assert.All((await _workspace.JsonAsync("list")).EnumerateArray(), run => Assert.Equal("completed", run.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task An_exception_is_one_paragraph_with_the_line_and_exit_code_1()
    {
        var failed = (await _workspace.RunAsync(Write("boom.csx", "var x = 1;\nthrow new InvalidOperationException($\"boom {x}\");"))).Exits(1);

        Assert.Equal("error EXP9010: unhandled System.InvalidOperationException: boom 1\n  at boom.csx:2\n\nhint: `--debug` before the script's name shows the whole stack\n", failed.Error);
    }

    [Fact]
    public async Task A_mistake_is_an_error_before_anything_runs()
    {
        var mistaken = Repository.PathOf("tests", "Experiments.EndToEnd.Tests", "Fixtures", "Editor", "mistaken.csx");

        var run = (await _workspace.RunAsync("run", mistaken)).Exits(2);
        Assert.EndsWith("(1,31): error EXP2001: expected a property of `Curve`, got `LearningRat`; did you mean `LearningRate`?\n", run.Error);
        Assert.Equal("", run.Output);

        using var check = JsonDocument.Parse((await _workspace.RunAsync("check", mistaken, "--json")).Exits(2).Output);
        Assert.Equal("EXP2001", Assert.Single(check.RootElement.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_new_sweep_and_a_new_trainer_run_as_they_are()
    {
        Assert.Equal("wrote first.csx\n", (await _workspace.RunAsync("new", "sweep", "first")).Exits(0).Output);
        Assert.Equal("wrote second.csx\nwrote second.py\n", (await _workspace.RunAsync("new", "trainer", "second")).Exits(0).Output);

        Assert.Contains("9 runs completed", (await _workspace.ExecuteAsync("bash", "-c", "./first.csx run LearningRates")).Exits(0).Output);
        // Beside each other: they share the results, and no ids.
        Assert.Contains("9 runs completed", (await _workspace.RunAsync("run", "second.csx")).Exits(0).Output);

        Assert.Contains("EXP9013", (await _workspace.RunAsync("new", "sweep", "first")).Exits(2).Error);
        Assert.Contains("EXP9012", (await _workspace.RunAsync("new", "project", "../up")).Exits(2).Error);
        Assert.Contains("EXP9012", (await _workspace.RunAsync("new", "project", "class")).Exits(2).Error);
        Assert.Contains("EXP9014", (await _workspace.RunAsync("check", "second.py")).Exits(2).Error);
        Assert.Contains("EXP9014", (await _workspace.RunAsync("check", "nowhere.csx")).Exits(3).Error);
        Assert.StartsWith("{\n  \"directory\": ", (await _workspace.RunAsync("cache", "dir", "--json")).Exits(0).Output);
    }

    [Fact]
    public async Task After_the_first_time_packages_need_no_network()
    {
        const string Text = "#r \"nuget: YamlDotNet, 16.3.0\"\nusing YamlDotNet.Serialization;\nWrite(new SerializerBuilder().Build().Serialize(new { A = 1 }));";
        (await _workspace.RunAsync(Write("yaml.csx", Text))).Exits(0);

        // A network of its own, without any interface. The script is another, its packages are not.
        var again = await _workspace.ExecuteAsync("unshare", "--map-root-user", "--net", Repository.Tool, Write("yaml.csx", Text.Replace("A = 1", "A = 2", StringComparison.Ordinal)));

        Assert.Equal("A: 2\n", again.Exits(0).Output);
    }

    [Fact]
    public async Task A_file_based_program_of_the_sdk_works_too()
    {
        Write("sweep.cs", $"#:project {Repository.PathOf("src", "Experiments", "Experiments.csproj")}\n#:property PublishAot=false\n#:property BuildProjectReferences=false\nusing Experiments;\n{Curve}");
        File.WriteAllText(_workspace.PathOf("Directory.Build.targets"), $"<Project><Import Project=\"{Repository.PathOf("src", "Experiments", "Checkout.targets")}\" /></Project>");

        // A property of the file is not one of the projects it references; a variable is, so that those are taken as they were built.
        _workspace.Environment["Configuration"] = Repository.Configuration;
        Assert.Contains("3 runs completed", (await _workspace.ExecuteAsync("dotnet", "run", "sweep.cs", "--", "run", "Line")).Exits(0).Output);
    }

    private static string Example(string name) => Repository.PathOf("experiments", "scripts", name);

    private string Write(string name, string text)
    {
        File.WriteAllText(_workspace.PathOf(name), text);
        return _workspace.PathOf(name);
    }
}
