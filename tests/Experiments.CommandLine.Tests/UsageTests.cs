namespace Experiments.CommandLine.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly CommandLineSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("expected a command, got `leaderbord`", "did you mean `leaderboard`?", "leaderbord")]
    [InlineData("expected an option of `run`, got `--slts`", "did you mean `--slots`?", "run", "--slts", "2", "LearningRates")]
    [InlineData("expected an option of `list`, got `--limt`", "did you mean `--limit`?", "list", "--limt", "3")]
    [InlineData("expected `--slots` to be a whole number from 0 to 4096, got `many`", "`run --help` shows what it takes", "run", "LearningRates", "--slots", "many")]
    [InlineData("expected `--priority` to be a whole number from 0 to 1000, got `1001`", "`submit --help` shows what it takes", "submit", "LearningRates", "--priority", "1001")]
    [InlineData("expected `--grace` to be a duration such as `30s`, `15m` or `1.5h`, got `soon`", "`run --help` shows what it takes", "run", "LearningRates", "--grace", "soon")]
    [InlineData("expected `--gpus` to be GPU indices such as `0,1`, or `none`, got `0,0`", "`worker --help` shows what it takes", "worker", "--gpus", "0,0")]
    [InlineData("expected `--status` to be `pending` or `running` or `completed` or `failed` or `cancelled`, got `done`", "`list --help` shows what it takes", "list", "--status", "done")]
    [InlineData("expected `run` to be given TARGET, got nothing", "A sweep or experiment of this program, or a plan file; `run --help` shows more", "run")]
    [InlineData("expected nothing more after `show` and its arguments, got `b`", "`show --help` shows what it takes", "show", "a", "b")]
    [InlineData("expected a command, got `regist`", "did you mean `registry`?", "regist", "check")]
    [InlineData("expected a command, got `tool`", "`--help` lists the commands", "tool", "list")]
    [InlineData("expected a command of `registry`, got `foo`", "`registry --help` lists the commands", "registry", "foo")]
    [InlineData("expected `registry` to be given a command, got nothing", "one of `check`, `backup`, `export`, `import`, `vacuum`; `registry --help` shows more", "registry")]
    [InlineData("expected an option of `registry check`, got `--foo`", "`registry check --help` lists the options", "registry", "check", "--foo")]
    [InlineData("expected `--status` once, got it 2 times", "`list --help` shows what it takes", "list", "--status", "failed", "--status", "pending")]
    [InlineData("expected `--metric` once, got it 2 times", "`leaderboard --help` shows what it takes", "leaderboard", "--metric", "a", "--metric", "b")]
    [InlineData("expected `compare` to be given B, got nothing", "A target, a tag, a run id or a pattern, to compare A with; `compare --help` shows more", "compare", "x")]
    [InlineData("expected `--follow` or `--json`, got both", "`--json` is one document: of the log as it is now", "logs", "x", "--follow", "--json")]
    public async Task A_mistake_on_the_command_line_is_one_paragraph_and_a_hint(string message, string hint, params string[] args)
    {
        var output = await _session.RunAsync(args);

        Assert.Equal(new Output(ExitCode.Usage, "", $"error EXP8101: {message}\n\nhint: {hint}\n"), output);
    }

    [Fact]
    public async Task An_option_is_never_taken_for_the_value_of_the_one_before() => Assert.Equal(
        new Output(ExitCode.Usage, "", "error EXP8101: expected `--metric` to have a value, got nothing\n\n"
            + "hint: write `--metric NAME`: Metric to rank by. Default: the experiment's primary metric\n"),
        await _session.RunAsync("leaderboard", "LearningRates", "--metric", "--json"));

    [Fact]
    public async Task An_unknown_target_is_not_found_and_near_ones_are_offered() => Assert.Equal(
        new Output(ExitCode.NotFound, "", "error EXP8102: expected a sweep or experiment of this program, or a plan file, got `LearningRate`\n\nhint: did you mean `LearningRates`?\n"),
        await _session.RunAsync("plan", "LearningRate"));

    [Fact]
    public async Task A_name_that_several_sweeps_have_is_refused_and_their_full_names_mean_one()
    {
        var catalogue = Digits.Catalogue with { Sweeps = [new DigitsSweep("Rates", [0.1], "Vision."), new DigitsSweep("Rates", [1]), new DigitsSweep("DigitsClassifier", [1], "Vision.")] };

        Assert.Equal(new Output(ExitCode.NotFound, "", "error EXP8102: expected the name of one sweep or experiment, got `Rates`, which 2 have\n\nhint: there are `Vision.Rates`, `global::Rates`\n"),
            await _session.RunWithAsync(catalogue, ["plan", "Rates"]));
        Assert.Contains("hint: there are `Vision.DigitsClassifier`, `digits`", (await _session.RunWithAsync(catalogue, ["plan", "DigitsClassifier"])).Error);
        Assert.Contains("digits/lr0.1_s0", (await _session.RunWithAsync(catalogue, ["plan", "Vision.Rates", "--json"])).Out);
        Assert.Contains("digits/lr1_s0", (await _session.RunWithAsync(catalogue, ["plan", "global::Rates", "--json"])).Out);
        Assert.Contains("  Vision.Rates ", (await _session.RunWithAsync(catalogue, [])).Out);
        Assert.Contains("expected the sweeps of a lock to have different names, got `Vision.Rates`, `Rates`", (await _session.RunWithAsync(catalogue, ["plan", "--diff"])).Error);
    }

    [Fact]
    public async Task A_program_without_experiments_says_so() => Assert.Equal(
        new Output(ExitCode.NotFound, "", "error EXP8102: expected a sweep or experiment of this program, or a plan file, got `LearningRates`\n\n"
            + "hint: name a script such as `sweep.csx` or a plan file, or run the program that declares it\n"),
        await _session.RunToolAsync("run", "LearningRates"));

    [Fact]
    public async Task An_override_that_was_meant_for_the_command_is_recognised() => Assert.Equal(
        new Output(ExitCode.Usage, "", "error EXP8010: expected an option of `digits`, got `--slts`\n\nhint: `digits --help` lists the options, or did you mean `--slots` of `run`?\n"),
        await _session.RunAsync("run", "LearningRates", "--slts", "2"));

    [Fact]
    public async Task Options_of_the_command_and_of_the_experiment_may_be_mixed()
    {
        var output = await _session.RunAsync("plan", "digits", "--json", "--learning-rate", "0.2", "seed=7");

        Assert.Contains("\"id\": \"digits/lr0.2_s7\"", output.Out);
    }

    [Fact]
    public async Task Asking_for_nothing_shows_the_commands_and_the_targets()
    {
        var output = await _session.RunAsync();

        Assert.Equal(ExitCode.Usage, output.Code);
        Assert.Contains("  leaderboard", output.Out);
        Assert.Contains("""
            Targets:
              LearningRates  sweep of digits, 6 points  How fast to learn.
              Quick          sweep of digits, 2 points  How fast to learn.
              digits         experiment                 A classifier of handwritten digits.
            """, output.Out);
    }

    [Fact]
    public async Task Help_on_a_target_lists_the_options_of_its_experiment()
    {
        var output = await _session.RunAsync("run", "LearningRates", "--help");

        Assert.Equal(ExitCode.Success, output.Code);
        Assert.EndsWith("""
            LearningRates is a sweep of learning_rate × seed. Its runs also take:

            --learning-rate <number>  Step size. Default: 0.1
            --seed <integer>          Seed. Default: 0
            --mode <text>             How the trainer behaves. Default: ok


            """.ReplaceLineEndings("\n"), output.Out);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--debug")]
    public async Task Something_unexpected_is_one_paragraph_and_a_stack_trace_only_if_asked_for(string debug)
    {
        // The hand-written parser of the fixture forgets to catch this.
        var output = await _session.RunAsync(["run", "digits", "--seed", "not a number", .. debug.Length > 0 ? (string[])[debug] : []]);

        Assert.Equal(ExitCode.Usage, output.Code);
        Assert.StartsWith("error EXP8199: unexpected FormatException: The input string 'not a number' was not in a correct format\n\n", output.Error);
        Assert.Equal(debug.Length > 0, output.Error.Contains("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plan LearningRates > /dev/full", "No space left on device")]
    [InlineData("plan LearningRates --json > /dev/full", "No space left on device")]
    [InlineData("plan LearningRates >&-", "Access to the path is denied")]
    public async Task Standard_output_that_takes_nothing_is_an_error(string command, string reason)
    {
        using var program = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh",
            ["-c", $"\"$0\" {command}", Path.Combine(AppContext.BaseDirectory, "Experiments.CommandLine.Tests")]) { RedirectStandardError = true })!;

        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal((int)ExitCode.Usage, program.ExitCode);
        Assert.Equal($"error EXP8108: expected standard output to take all of the output, got: {reason}\n\nhint: write it somewhere with more room\n", error);
    }

    [Fact]
    public async Task The_tool_says_that_scripts_are_targets()
    {
        Assert.Contains("SCRIPT.csx", (await _session.RunToolAsync("--help")).Out);
        Assert.Contains("A script (`sweep.csx`)", (await _session.RunToolAsync("run", "--help")).Out);
        Assert.DoesNotContain("csx", (await _session.RunAsync("run", "--help")).Out);
    }

    [Fact]
    public async Task Every_command_documents_every_option()
    {
        foreach (var command in new ExperimentRootCommand(Catalogue.Empty, Terminal.Silent).Subcommands)
        {
            Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{command.Name} {option.Name}"));
            var help = await _session.RunAsync(command.Name, "--help");
            Assert.Equal(ExitCode.Success, help.Code);
            Assert.Contains(command.Description!, help.Out);
        }
    }

    [Fact]
    public void The_guide_has_every_command_with_every_option()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Experiments.sln")))
            folder = folder.Parent;
        var rows = File.ReadLines(Path.Combine(folder.FullName, "docs", "guide", "command-line.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).ToList();
        foreach (var command in new ExperimentRootCommand(Catalogue.Empty, Terminal.Silent).Subcommands.SelectMany(c => c.Subcommands.Count > 0 ? c.Subcommands : [c]))
        {
            var name = command.Parents.First() is System.CommandLine.RootCommand ? command.Name : $"{command.Parents.First().Name} {command.Name}";
            var row = string.Concat(rows.Where(r => r.Split('|')[1] is var cell && (cell.Contains($"`{name}`", StringComparison.Ordinal) || cell.Contains($"`{name} ", StringComparison.Ordinal))));
            Assert.NotEqual("", row);
            Assert.All(command.Options, option => Assert.True(row.Contains(option.Name, StringComparison.Ordinal), $"`{name} {option.Name}` is not in the guide"));
        }
    }
}
