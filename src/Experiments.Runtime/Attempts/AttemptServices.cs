using Experiments.Registry;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Provenance;
using Experiments.Runtime.Publishing;
using Experiments.Runtime.Telemetry;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime.Attempts;

/// <summary>What all attempts of a worker share.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="Root">The results root.</param>
/// <param name="WorkerId">The worker.</param>
/// <param name="Grace">Time between SIGTERM and SIGKILL.</param>
/// <param name="Stopping">Set when the worker is asked to stop.</param>
/// <param name="Impatience">Completes when the grace period is cut short.</param>
/// <param name="Host">Clock and chance.</param>
/// <param name="Keeper">What starts processes.</param>
/// <param name="Provenance">What writes <c>run.json</c>.</param>
/// <param name="Sampler">What measures what they use.</param>
/// <param name="Observer">Who watches.</param>
/// <param name="Patience">How registry calls are repeated.</param>
internal sealed record AttemptServices(
    IRegistry Registry,
    ResultsRoot Root,
    string WorkerId,
    TimeSpan Grace,
    CancellationToken Stopping,
    Task Impatience,
    WorkerHost Host,
    KeeperLink Keeper,
    ProvenanceWriter Provenance,
    Sampler Sampler,
    IWorkerObserver Observer,
    Patience Patience)
{
    /// <summary>What puts results in their place.</summary>
    public Publication Publication { get; } = new();
}
