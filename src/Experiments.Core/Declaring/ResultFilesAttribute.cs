namespace Experiments;

/// <summary>
/// Keeps a second, flat form of this experiment's results beside the runs: numbered JSON files for every completed run under
/// <c>raw_results/</c>, and one line of <c>{task}_results.csv</c>, both in the results root.
/// </summary>
/// <param name="task">Names the table: lower-case letters, digits and <c>_</c>, such as <c>text_generation</c>. Several experiments may share one.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ResultFilesAttribute(string task) : Attribute
{
    /// <summary>Names the table.</summary>
    public string Task { get; } = task;
}

/// <summary>The numbered files of <see cref="ResultFilesAttribute"/> that a metric or an artifact can be part of. The setup, the variables and the local energy results need no declaration.</summary>
public enum ResultComponent
{
    /// <summary>Not said: <see cref="InferenceMetrics"/> for a metric, no file for an artifact, <see cref="GlobalEnergyResults"/> for what the worker measures itself.</summary>
    Default,

    /// <summary><c>…_3_model_architecture.json</c>: size and shape of the model.</summary>
    ModelArchitecture,

    /// <summary><c>…_4_inference_metrics.json</c>: throughput and latency.</summary>
    InferenceMetrics,

    /// <summary><c>…_5_compute_metrics.json</c>: floating point operations, memory, utilisation.</summary>
    ComputeMetrics,

    /// <summary><c>…_7_global_energy_results.json</c>, and of each rank <c>…_6_local_energy_results_process_N.json</c>: energy and emissions.</summary>
    GlobalEnergyResults,

    /// <summary><c>…_8_text_output.json</c>: the text that was generated.</summary>
    TextOutput,

    /// <summary><c>…_8_token_output.json</c>: the tokens that were generated.</summary>
    TokenOutput,
}
