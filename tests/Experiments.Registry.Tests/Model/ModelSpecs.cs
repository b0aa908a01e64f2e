using Experiments.Registry.Storage;
using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests.Model;

/// <summary>
/// The real registry and the model live through the same random histories and must agree on every answer and on everything
/// that can be seen. A seed that is printed on failure reproduces it, and the history is shrunk to the steps that matter.
/// </summary>
public sealed class ModelSpecs
{
    private const int StepsPerHistory = 60;

    // Creating a registry costs more than a whole history.
    private static readonly byte[] s_empty = Empty();

    private static int Histories => int.TryParse(Environment.GetEnvironmentVariable("REGISTRY_HISTORIES"), out var number) ? number : 500;

    [Fact]
    public Task The_registry_and_the_model_agree() => AgreeAsync(seedFrom: 0, faults: false);

    [Fact]
    public Task The_registry_and_the_model_agree_when_processes_are_killed_and_writes_fail() => AgreeAsync(seedFrom: 1_000_000, faults: true);

    private static Task AgreeAsync(int seedFrom, bool faults) =>
        Parallel.ForAsync(seedFrom, seedFrom + Histories, async (seed, _) =>
        {
            var steps = Step.Generate(seed, StepsPerHistory, faults);
            if (await DifferenceAsync(steps, lookEvery: 5) is null)
                return;
            var shrunk = await ShrinkAsync(steps);
            Assert.Fail($"seed {seed}, shrunk to {shrunk.Length} steps:\n{string.Join(",\n", shrunk.AsEnumerable())}\n\n{await DifferenceAsync(shrunk, lookEvery: 1)}");
        });

    /// <summary>The first disagreement of a history; <see langword="null"/> when there is none.</summary>
    private static async Task<string?> DifferenceAsync(Step[] steps, int lookEvery)
    {
        using var folder = new ResultsFolder();
        await File.WriteAllBytesAsync(folder.Root.RegistryFile, s_empty);
        var faults = new ScriptedFaults();
        var model = new ModelRegistry(folder.Time);
        var (real, ideal) = (new Player(folder.Time), new Player(folder.Time));
        var registry = Open();
        try
        {
            await Player.BeginAsync(registry);
            await Player.BeginAsync(model);
            foreach (var (number, step) in steps.Index())
            {
                if (step.Kind == StepKind.Wait)
                    folder.Time.Advance(TimeSpan.FromMilliseconds(step.A % 12_000));
                else if (step.Kind == StepKind.ClockJump)
                    folder.Time.JumpWallClock(TimeSpan.FromMilliseconds(step.A % 20_000 - 10_000));

                var crashed = step.Kind == StepKind.Reopen;
                faults.Arm(step.Fault);
                string? answer = null;
                try
                {
                    answer = await real.TakeAsync(registry, step);
                }
                catch (SimulatedCrashException)
                {
                    crashed = true;
                }
                catch (ExperimentsException error) when (!faults.Committed && error.Code is "EXP7003" or "EXP7006" or "EXP7008")
                {
                    // Refused as a whole, with nothing recorded.
                }

                // What was not committed did not happen; what was, did, even if nobody was told.
                var committed = faults.Disarm();
                if (!committed && step.Kind == StepKind.ExpireLeases)
                    model.WatchLeases(Given.Host);
                var expected = committed ? await ideal.TakeAsync(model, step) : null;
                if (crashed)
                {
                    await registry.DisposeAsync();
                    registry = Open();
                    model.ForgetWatchedLeases();
                }

                if (answer is not null && answer != expected)
                    return $"step {number}, {step.Kind}:\n  expected {expected}\n  got      {answer}";
                if (answer is null && committed)
                    real.LearnFrom(ideal);
                if (number % lookEvery != 0 && number < steps.Length - 1)
                    continue;
                var (seen, shouldSee) = (await Player.LookAsync(registry), await Player.LookAsync(model));
                if (seen != shouldSee)
                    return $"after step {number}, {step.Kind}:\n  expected {shouldSee.ReplaceLineEndings("\n           ")}\n  got      {seen.ReplaceLineEndings("\n           ")}";
            }

            var problems = await registry.CheckAsync();
            return problems.Count == 0 ? null : string.Join('\n', problems);
        }
        finally
        {
            await registry.DisposeAsync();
        }

        SqliteRegistry Open() => SqliteRegistry.Open(folder.Root.RegistryFile, new RegistryOptions { Time = folder.Time, Faults = faults }, Schema.Current);
    }

    private static byte[] Empty()
    {
        using var folder = new ResultsFolder();
        SqliteRegistry.Open(folder.Root.RegistryFile, new RegistryOptions(), Schema.Current).DisposeAsync().AsTask().Wait();
        return File.ReadAllBytes(folder.Root.RegistryFile);
    }

    /// <summary>Leaves out whatever can be left out without the disagreement going away.</summary>
    private static async Task<Step[]> ShrinkAsync(Step[] steps)
    {
        for (var chunk = steps.Length / 2; chunk > 0; chunk /= 2)
        {
            for (var start = 0; start + chunk <= steps.Length;)
            {
                Step[] fewer = [.. steps[..start], .. steps[(start + chunk)..]];
                if (await DifferenceAsync(fewer, lookEvery: 1) is not null)
                    steps = fewer;
                else
                    start += chunk;
            }
        }

        return steps;
    }
}
