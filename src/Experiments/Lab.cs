using Experiments.CommandLine;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments;

/// <summary>
/// Runs sweeps and experiments from code, with the same registry, skipping and recovery as the command line: staged work is ordinary C#.
/// The generator adds <c>RunAsync&lt;TSweep&gt;()</c>, <c>RunAsync(sweep)</c> and <c>RunAsync(config)</c>, typed by each experiment.
/// </summary>
/// <remarks>
/// C# trainers run in child processes of this same program, which begin at its first line as it did. Open the lab first thing, before the program
/// does anything of its own: in such a child opening it executes what the child was started for and ends the process.
/// </remarks>
public sealed class Lab : IAsyncDisposable
{
    private readonly IRegistry _registry;
    private readonly LabOptions _options;
    private readonly Terminal _terminal;

    private Lab(ResultsRoot root, IRegistry registry, LabOptions options, Terminal terminal)
    {
        Root = root;
        _registry = registry;
        _options = options;
        _terminal = terminal;
    }

    /// <summary>The results root.</summary>
    public ResultsRoot Root { get; }

    /// <summary>Opens a results root, creating it where there is none. Does not return in a child process that a worker started.</summary>
    /// <param name="results">Path of the results root. Default: <c>EXP_RESULTS</c>, else <c>results</c>.</param>
    /// <param name="options">What may be used of this machine. Default: all of it.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <exception cref="ExperimentsException">EXP7001 to EXP7005: the registry can't be used.</exception>
    public static Task<Lab> OpenAsync(string? results = null, LabOptions? options = null, CancellationToken cancel = default) =>
        OpenAsync(results, options ?? new LabOptions(), null, cancel);

    /// <summary>Closes the registry. Runs that this lab executed have ended by then.</summary>
    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    /// <summary>Executes runs of one experiment and waits for them; done ones are skipped, failed ones run again. Generated methods call it.</summary>
    /// <typeparam name="TConfig">The experiment's record.</typeparam>
    /// <typeparam name="TResults">Its results record.</typeparam>
    /// <param name="experiment">The experiment.</param>
    /// <param name="target">Name of the sweep or experiment: the collection its runs belong to.</param>
    /// <param name="runs">The runs, in order.</param>
    /// <param name="cancel">Stops gracefully: running attempts get the grace period and are pending again. Ctrl-C does the same, then ends the process with 130.</param>
    /// <returns>All runs with their results, in order; the failed ones among them.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    /// <exception cref="ExperimentsException">EXP2xxx: ids collide. EXP7xxx: the registry refused. EXP8020: an entrypoint was not found. EXP8300: a secret is missing.</exception>
    public async Task<SweepOutcome<TConfig, TResults>> RunAsync<TConfig, TResults>(
        ExperimentType<TConfig> experiment, string target, IEnumerable<PlannedRun> runs, CancellationToken cancel = default)
        where TConfig : class
        where TResults : IResults<TResults>
    {
        var plan = Resolution.Plan(target, runs);
        PlanSecrets.Require(plan);
        var worker = new WorkerOptions
        {
            Gpus = _options.Gpus,
            PerGpu = _options.PerGpu,
            ShareGpus = _options.ShareGpus,
            Slots = _options.Slots,
            Grace = _options.Grace,
            Telemetry = _options.Telemetry,
            GridFactor = _options.GridFactor,
        };
        await Worker.RequireSlotsAsync(worker, cancel: cancel).ConfigureAwait(false);
        var submitted = await _registry.SubmitAsync(plan, new SubmitOptions(), cancel).ConfigureAwait(false);
        Say(RunHeader.Of(plan, submitted));
        var outcome = await PlanExecution.RunAsync(_registry, Root, plan, submitted, worker, _options.ShowProgress ? _terminal : Terminal.Silent,
            toError: !_terminal.IsInteractive, cancel).ConfigureAwait(false);
        if (outcome.Interrupted)
        {
            cancel.ThrowIfCancellationRequested();
            Say(RunSummary.Line(outcome, null, null));
            // What Ctrl-C means to every program, once nothing can be lost.
            Environment.Exit((int)ExitCode.Interrupted);
        }

        return new SweepOutcome<TConfig, TResults>(experiment.Definition,
            [.. outcome.Runs.Where(r => !plan.AddedInputs.Contains(r.Id)).Select(r => Result<TConfig, TResults>(experiment, r))]);
    }

    internal static async Task<Lab> OpenAsync(string? results, LabOptions options, Terminal? terminal, CancellationToken cancel)
    {
        var arguments = Environment.GetCommandLineArgs()[1..];
        if (AttemptHost.Owns(arguments))
            Environment.Exit(await AttemptHost.RunAsync(arguments, Catalogue.Registered).ConfigureAwait(false));
        var root = ResultsRoot.At(results ?? (Environment.GetEnvironmentVariable(ProtocolVariables.Results) is { Length: > 0 } set ? set : "results"));
        return new Lab(root, await SqliteRegistry.OpenAsync(root, new RegistryOptions(), cancel).ConfigureAwait(false), options, terminal ?? Terminal.Standard());
    }

    private RunResult<TConfig, TResults> Result<TConfig, TResults>(ExperimentType<TConfig> experiment, RunRecord run)
        where TConfig : class
        where TResults : IResults<TResults>
    {
        var directory = Root.Run(run.Id).Directory;
        return new RunResult<TConfig, TResults>(run.Id, experiment.ReadConfig(System.Text.Encoding.UTF8.GetBytes(run.Config)),
            TResults.Read(new RunOutputs(run.Metrics, directory)), run.Status, directory);
    }

    private void Say(string line)
    {
        if (!_options.ShowProgress)
            return;
        if (_terminal.IsInteractive)
        {
            _terminal.WriteLine(line);
            _terminal.Out.Flush();
        }
        else
        {
            _terminal.Advise(line);
        }
    }
}
