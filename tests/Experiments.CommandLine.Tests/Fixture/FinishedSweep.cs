namespace Experiments.CommandLine.Tests;

/// <summary>A results root in which a sweep of six runs is done, one run has failed and one is pending: what commands that look, look at.</summary>
public sealed class FinishedSweep : IAsyncLifetime
{
    public CommandLineSession Session { get; } = new();

    /// <summary>What <c>run LearningRates</c> wrote into a pipe.</summary>
    public Output FirstRun { get; private set; } = null!;

    /// <summary>What <c>run digits --mode fail</c> wrote into a pipe.</summary>
    public Output FailedRun { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        FirstRun = await Session.RunProcessAsync("run", "LearningRates", "--slots", "1");
        FailedRun = await Session.RunProcessAsync("run", "digits", "--slots", "1", "--mode", "fail");
        Assert.Equal(ExitCode.Success, (await Session.RunAsync("submit", "digits", "--seed", "9", "--priority", "500", "--tag", "later")).Code);
    }

    public Task DisposeAsync()
    {
        Session.Dispose();
        return Task.CompletedTask;
    }
}
