using System.Globalization;
using System.Text;
using Experiments.Runtime.Publishing;

namespace Experiments.Runtime.Launching;

/// <summary>The command lines of launchers that start an entrypoint as several processes.</summary>
internal static class RankLauncher
{
    // The rendezvous listens on a port that the system gives it, so attempts side by side never want the same one; nor is one looked for beforehand and lost meanwhile.
    private const string SystemsPort = "localhost:0";

    private static readonly string[] Precisions = ["no", "fp16", "bf16", "fp8"];

    /// <summary>The words from the interpreter to the last option of the launcher; the entrypoint follows.</summary>
    /// <param name="launch">A resolved launch with ranks; its program begins with the interpreter.</param>
    /// <param name="home">The run's home.</param>
    /// <param name="attempt">Number of the attempt.</param>
    public static IEnumerable<string> Words(Launch launch, RunHome home, int attempt)
    {
        var ranks = launch.Ranks!;
        var words = new List<string> { launch.Program[0] };
        words.AddRange(ranks.Launcher == Launcher.Torchrun ? Torchrun(ranks, home, attempt) : Accelerate(ranks, home, attempt));
        words.AddRange(ranks.Options);
        if (launch.Kind == LaunchKind.Executable)
            words.Add("--no_python");
        return words;
    }

    /// <summary>What a launcher is told by its environment, as <c>NAME=value</c>, since it has no option for it.</summary>
    public static IReadOnlyList<string> Variables(Launch launch) =>
        launch.Ranks is { Launcher: Launcher.Accelerate, Processes: > 1 } ? [$"PET_RDZV_ENDPOINT={SystemsPort}"] : [];

    /// <summary>Writes what the launcher reads, beside the run's configuration.</summary>
    public static void WriteConfig(RankLaunch ranks, RunHome home)
    {
        if (ranks is not { Launcher: Launcher.Accelerate, ConfigFile: null })
            return;
        // Without a file of ours, the personal default of whoever runs it would decide what isn't on the command line.
        WholeFile.Write(home.AccelerateConfig, Encoding.UTF8.GetBytes($"""
            compute_environment: LOCAL_MACHINE
            debug: false
            distributed_type: {(ranks.Processes > 1 ? "MULTI_GPU" : "'NO'")}
            downcast_bf16: 'no'
            enable_cpu_affinity: false
            gpu_ids: all
            machine_rank: 0
            main_training_function: main
            mixed_precision: '{ranks.MixedPrecision ?? "no"}'
            num_machines: 1
            num_processes: {Number(ranks.Processes)}
            rdzv_backend: c10d
            same_network: true
            use_cpu: false

            """));
    }

    /// <summary>Refuses what no launcher could start.</summary>
    /// <exception cref="ExperimentsException">EXP8280: the entrypoint is a C# method. EXP8281: the processes don't fit the GPUs. EXP8282: a setting is unknown to the launcher.</exception>
    public static void Check(ExperimentDefinition experiment)
    {
        if (experiment.Launch.Ranks is not { } ranks)
            return;
        var launcher = ranks.Launcher == Launcher.Torchrun ? "torchrun" : "accelerate";
        if (experiment.Launch.Kind == LaunchKind.Method)
            throw new ExperimentsException("EXP8280", $"expected `{experiment.Name}` to have an `[Entrypoint]` for `{launcher}` to start, got a C# method",
                "declare the Python entrypoint, or remove `[Launch]`");
        var gpus = experiment.Resources.Gpus;
        if (gpus > 0 && ranks.Processes > gpus)
            throw new ExperimentsException("EXP8281", $"expected the processes of `{experiment.Name}` to be at most its {Number(gpus)} GPUs, got {Number(ranks.Processes)}",
                $"every process takes a GPU of its own: declare `[Gpu({Number(ranks.Processes)})]`, or fewer `Processes`");
        if (gpus == 0 && ranks is { Launcher: Launcher.Accelerate, Processes: > 1, ConfigFile: null })
            throw new ExperimentsException("EXP8281", $"expected the {Number(ranks.Processes)} processes of `{experiment.Name}` to have GPUs, got none",
                $"`accelerate` starts several processes on GPUs only: declare `[Gpu({Number(ranks.Processes)})]`, or use `Launcher.Torchrun`, which does without");
        if (ranks is { Launcher: Launcher.Torchrun, MixedPrecision: not null } or { Launcher: Launcher.Torchrun, ConfigFile: not null })
            throw new ExperimentsException("EXP8282", $"expected `[Launch]` of `{experiment.Name}` to have only settings of `torchrun`, got `{(ranks.MixedPrecision is null ? "ConfigFile" : "MixedPrecision")}`",
                "`torchrun` has no such setting, the script decides; remove it, or use `Launcher.Accelerate`");
        if (ranks.MixedPrecision is { } precision && !Precisions.Contains(precision))
            throw new ExperimentsException("EXP8282", $"expected `MixedPrecision` of `{experiment.Name}` to be one of `{string.Join("`, `", Precisions)}`, got `{precision}`",
                "correct it");
    }

    private static IEnumerable<string> Torchrun(RankLaunch ranks, RunHome home, int attempt) =>
    [
        "-m", "torch.distributed.run",
        "--nnodes", "1", "--nproc_per_node", Number(ranks.Processes),
        "--rdzv_backend", "c10d", "--rdzv_endpoint", SystemsPort, "--rdzv_id", $"attempt-{Number(attempt)}",
        "--max_restarts", "0", "--log_dir", home.RankLogs(attempt), "--tee", "3",
    ];

    private static IEnumerable<string> Accelerate(RankLaunch ranks, RunHome home, int attempt)
    {
        List<string> words =
        [
            "-m", "accelerate.commands.launch",
            "--config_file", ranks.ConfigFile ?? home.AccelerateConfig,
            "--num_machines", "1", "--num_processes", Number(ranks.Processes),
            "--mixed_precision", ranks.MixedPrecision ?? "no",
        ];
        if (ranks.Processes > 1)
        {
            // DeepSpeed and FSDP of a config file of one's own exclude --multi_gpu.
            if (ranks.ConfigFile is null)
                words.Add("--multi_gpu");
            // The port is that of a static rendezvous, which this isn't; 0 keeps accelerate from asking for its usual one, and from refusing to start when that is taken.
            words.AddRange(["--rdzv_backend", "c10d", "--main_process_port", "0", "--log_dir", home.RankLogs(attempt), "--tee", "3"]);
        }

        return words;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
