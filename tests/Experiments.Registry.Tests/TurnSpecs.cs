using System.Diagnostics;
using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

/// <summary>Another process has the turn to write: a real one, suspended.</summary>
public sealed class TurnSpecs : IDisposable
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);

    private readonly ResultsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_suspended_process_that_holds_the_turn_is_named_to_those_who_waited_in_vain()
    {
        await using var registry = await _folder.OpenAsync(s_short);
        using var holder = await HoldAsync();
        try
        {
            var submitting = registry.SubmitAsync(Given.Run("a"));
            var behind = registry.SubmitAsync(Given.Run("b"));
            var error = await Assert.ThrowsAsync<ExperimentsException>(() => submitting);

            Assert.Equal(("EXP7007", ExitCode.RegistryUnavailable), (error.Code, error.ExitCode));
            Assert.Equal($"expected `{_folder.Root.RegistryFile}` to be free within 0.2 s, got process {holder.Id} (`sh`, suspended), which does not end its turn to write", error.Message);
            Assert.Contains($"kill -CONT {holder.Id}", error.Hint);
            Assert.Equal("EXP7007", (await Assert.ThrowsAsync<ExperimentsException>(() => behind)).Code);
            Assert.Equal("EXP7007", (await Assert.ThrowsAsync<ExperimentsException>(() => _folder.OpenAsync(s_short))).Code);
            Assert.Empty(await registry.ListAsync(RunFilter.All)); // looking is not held up
        }
        finally
        {
            holder.Kill();
        }

        await registry.SubmitAsync(Given.Run("c"));
        await using var other = await _folder.OpenAsync(s_long); // the wait that was given up holds nothing
        await other.SubmitAsync(Given.Run("d"));
        Assert.Equal(["c", "d"], (await registry.ListAsync(RunFilter.All)).Ids());
    }

    [Fact]
    public async Task A_turn_that_ends_in_time_is_waited_for()
    {
        await using var registry = await _folder.OpenAsync(s_long);
        using var holder = await HoldAsync();

        var submitting = registry.SubmitAsync(Given.Run("a"));
        Assert.NotSame(submitting, await Task.WhenAny(submitting, Task.Delay(s_short)));
        holder.Kill();

        Assert.Equal(["a"], (await submitting).Added);
        Assert.Equal(["b"], (await registry.SubmitAsync(Given.Run("b"))).Added);
    }

    [Fact]
    public async Task A_registry_is_closed_while_another_process_has_the_turn()
    {
        var registry = await _folder.OpenAsync(s_short);
        using var holder = await HoldAsync();
        try
        {
            await registry.DisposeAsync();
        }
        finally
        {
            holder.Kill();
        }
    }

    /// <summary>A process that has taken the turn and is suspended.</summary>
    private async Task<Process> HoldAsync()
    {
        var start = new ProcessStartInfo("flock", ["--no-fork", _folder.Root.RegistryFile + "-turn", "sh", "-c", "echo held; kill -STOP $$"]) { RedirectStandardOutput = true };
        var holder = Process.Start(start)!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        while (!(await File.ReadAllTextAsync($"/proc/{holder.Id}/stat")).Contains(") T ", StringComparison.Ordinal))
            await Task.Delay(1);
        return holder;
    }
}
