using Experiments.Registry;

namespace Experiments;

/// <summary>A run and what came of it.</summary>
/// <typeparam name="TConfig">The experiment's record.</typeparam>
/// <typeparam name="TResults">Its results record.</typeparam>
/// <param name="Id">The run id.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Results">Its metrics and artifacts. Metrics a run did not report, as a failed one may not, are <see cref="double.NaN"/>.</param>
/// <param name="Status">Its state.</param>
/// <param name="Directory">Absolute path of the run's home.</param>
public sealed record RunResult<TConfig, TResults>(string Id, TConfig Config, TResults Results, RunStatus Status, string Directory)
    where TConfig : class
    where TResults : IResults<TResults>;
