using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Mistakes on the command line: each is told with what to do about it, and nothing happens.</summary>
public sealed class MistakeSpecs : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    // An unknown option of the experiment, and one of the command.
    [InlineData(2, "--learning-rate", "run LearningRates --learning-rat 0.1")]
    [InlineData(2, "learning_rate", "run LearningRates learning_rat=0.1")]
    [InlineData(2, "--slots", "run LearningRates --slot 2")]
    // Values that are no numbers, or out of bounds.
    [InlineData(2, "0.1x", "run Classifier --learning-rate 0.1x")]
    [InlineData(2, "1.5", "run Classifier --hidden 1.5")]
    [InlineData(2, "NaN", "run Classifier --learning-rate NaN")]
    [InlineData(2, "-1", "run Classifier --learning-rate=-1")]
    [InlineData(2, "0.999", "run Classifier --momentum 1.5")]
    [InlineData(2, "1000", "submit LearningRates --priority 5000")]
    // Names that do not exist.
    [InlineData(3, "LearningRates", "run LearningRate")]
    [InlineData(3, "LearningRates", "plan learning-rates")]
    [InlineData(2, "leaderboard", "leaderbord LearningRates")]
    [InlineData(3, "classifier", "run Clasifier")]
    public async Task A_mistake_names_what_was_meant(int exitCode, string named, string arguments)
    {
        var result = (await _workspace.RunAsync(arguments.Split(' '))).Exits(exitCode);
        Assert.Contains(named, result.Error);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.False(Directory.Exists(_workspace.PathOf("results", "runs")), "nothing may be written");
    }

    [Theory]
    [InlineData("run LearningRate", "did you mean `LearningRates`")]
    [InlineData("run LearningRates --learning-rat 0.1", "did you mean `--learning-rate`")]
    public async Task A_typo_gets_a_hint(string arguments, string hint) =>
        Assert.Contains(hint, (await _workspace.RunAsync(arguments.Split(' '))).Error);

    [Theory]
    [InlineData("show nosuch")]
    [InlineData("logs nosuch")]
    public async Task A_run_that_does_not_exist_is_not_found(string arguments)
    {
        (await _workspace.RunAsync("submit", "LearningRates")).Exits(0);
        Assert.Contains("nosuch", (await _workspace.RunAsync(arguments.Split(' '))).Exits(3).Error);
    }

    [Fact]
    public async Task Without_arguments_the_program_says_what_it_can_do()
    {
        var help = await _workspace.RunAsync("--help");
        Assert.All((string[])["plan", "run", "submit", "worker", "status", "list", "show", "logs", "leaderboard", "compare", "retry", "cancel"],
            command => Assert.Contains(command, help.Exits(0).Output));
    }
}
