using System.Globalization;
using System.Runtime.InteropServices;
using Experiments.Runtime.Keeper;

namespace Experiments.Runtime;

/// <summary>The side of a C# trainer's child process, and of a worker's keeper process: both are this program again.</summary>
public static class AttemptHost
{
    /// <summary>The hidden first argument of the process of a C# trainer.</summary>
    internal const string Verb = "__attempt";

    /// <summary>Exit code of an attempt that stopped because it was asked to: 128 + SIGTERM, as shells report it.</summary>
    private const int Stopped = 143;

    /// <summary>Whether this process was started by a worker, as an attempt of a C# trainer or as a keeper, rather than by a person.</summary>
    /// <param name="args">The program's arguments.</param>
    public static bool Owns(IReadOnlyList<string> args) => args.Count > 0 && args[0] is Verb or KeeperLink.Verb;

    /// <summary>Does what the worker started this process for.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="catalogue">The experiments of this program.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Catalogue catalogue)
    {
        if (args[0] == KeeperLink.Verb)
        {
            AttemptKeeper.Run(int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
            return 0;
        }

        using var stopping = new CancellationTokenSource();
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        try
        {
            await TrainAsync(catalogue, stopping.Token).ConfigureAwait(false);
            // A trainer that was asked to stop and returns has saved what it has: that isn't the whole run.
            return stopping.IsCancellationRequested ? Stopped : 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Stopped;
        }
        catch (ExperimentsException e)
        {
            await Console.Error.WriteLineAsync($"error {e.Code}: {e.Message}").ConfigureAwait(false);
            if (e.Hint is { } hint)
                await Console.Error.WriteLineAsync($"\nhint: {hint}").ConfigureAwait(false);
            return 2;
        }
        catch (Exception e)
        {
            // Standard error is the attempt's log, where the whole stack belongs.
            await Console.Error.WriteLineAsync(e.ToString()).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task TrainAsync(Catalogue catalogue, CancellationToken stopping)
    {
        using var run = RunContext.FromEnvironment(stopping);
        var name = Environment.GetEnvironmentVariable(ProtocolVariables.Experiment);
        var experiment = catalogue.Experiments.FirstOrDefault(e => e.Name == name)
            ?? throw new ExperimentsException("EXP8013", $"expected this program to declare the experiment `{name}`, got {Known(catalogue)}",
                "the program was changed after the run was planned; plan it again");
        var metrics = await experiment.ExecuteAsync(run).ConfigureAwait(false);
        var final = metrics.Select(m => (m.Key, m.Value)).ToArray();
        if (final.Length > 0)
            run.Report(step: null, final);
    }

    private static string Known(Catalogue catalogue) => catalogue.Experiments.IsEmpty
        ? "none"
        : string.Join(", ", catalogue.Experiments.Select(e => $"`{e.Name}`"));
}
