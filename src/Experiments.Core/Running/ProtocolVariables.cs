namespace Experiments;

/// <summary>Environment variables of the contract with a run's process, written down in <c>docs/run-protocol.md</c>.</summary>
public static class ProtocolVariables
{
    /// <summary>The run id.</summary>
    public const string RunId = "EXP_RUN_ID";

    /// <summary>Absolute directory to write to; what is in it appears in the run's home when the attempt succeeds.</summary>
    public const string RunDirectory = "EXP_RUN_DIR";

    /// <summary>Absolute path of the frozen <c>config.json</c>.</summary>
    public const string Config = "EXP_CONFIG";

    /// <summary>Absolute path of the file to append JSON lines to.</summary>
    public const string Events = "EXP_EVENTS";

    /// <summary>Number of this attempt of the run, from 1.</summary>
    public const string Attempt = "EXP_ATTEMPT";

    /// <summary>The fencing token of this attempt.</summary>
    public const string Epoch = "EXP_EPOCH";

    /// <summary>Absolute directory for checkpoints, kept between attempts.</summary>
    public const string CheckpointDirectory = "EXP_CHECKPOINT_DIR";

    /// <summary>Absolute path of the latest checkpoint, or empty.</summary>
    public const string Resume = "EXP_RESUME";

    /// <summary>The worker that runs this attempt.</summary>
    public const string WorkerId = "EXP_WORKER_ID";

    /// <summary>The experiment's name.</summary>
    public const string Experiment = "EXP_EXPERIMENT";

    /// <summary>Prefix of the variables that name the run directory of each input: <c>EXP_INPUT_TEACHER</c>.</summary>
    public const string InputPrefix = "EXP_INPUT_";

    /// <summary>Prefix of the variables that hold the values of secrets: <c>EXP_SECRET_HUB_TOKEN</c>.</summary>
    public const string SecretPrefix = "EXP_SECRET_";

    /// <summary>The results root. Also the default of <c>--results</c>.</summary>
    public const string Results = "EXP_RESULTS";

    /// <summary>The variable of a secret.</summary>
    /// <param name="path">Path in the configuration, such as <c>hub.token</c>.</param>
    public static string Secret(string path) => SecretPrefix + path.ToUpperInvariant().Replace('-', '_').Replace('.', '_');

    /// <summary>The variable of an input.</summary>
    /// <param name="name">Name outside C#, such as <c>teacher</c>.</param>
    public static string Input(string name) => InputPrefix + name.ToUpperInvariant().Replace('-', '_');
}
