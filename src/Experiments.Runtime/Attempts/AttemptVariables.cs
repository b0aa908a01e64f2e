using System.Globalization;
using Experiments.Registry;
using Experiments.Runtime.Gpus;
using Experiments.Runtime.Launching;
using Experiments.Runtime.Secrets;

namespace Experiments.Runtime.Attempts;

/// <summary>The environment variables of an attempt, on top of its worker's: the contract of <c>docs/run-protocol.md</c>.</summary>
internal static class AttemptVariables
{
    private const string ProfileGuided = "DOTNET_TieredPGO";

    /// <summary>The variables, as <c>NAME=value</c>.</summary>
    /// <param name="root">The results root.</param>
    /// <param name="run">The claim.</param>
    /// <param name="workerId">The worker.</param>
    /// <param name="devices">The GPUs the attempt may see; <see langword="null"/>: not managed.</param>
    /// <param name="secrets">The attempt's secrets.</param>
    /// <exception cref="ExperimentsException">EXP8300: a secret is missing.</exception>
    public static IReadOnlyList<string> Of(ResultsRoot root, ClaimedRun run, string workerId, string? devices, AttemptSecrets secrets)
    {
        var home = root.Run(run.RunId);
        var variables = new List<string>
        {
            $"{ProtocolVariables.RunId}={run.RunId}",
            $"{ProtocolVariables.RunDirectory}={home.Staging(run.Attempt)}",
            $"{ProtocolVariables.Config}={home.Config}",
            $"{ProtocolVariables.Events}={home.StagingEvents(run.Attempt)}",
            $"{ProtocolVariables.Attempt}={run.Attempt.ToString(CultureInfo.InvariantCulture)}",
            $"{ProtocolVariables.Epoch}={run.Lease.Epoch.ToString(CultureInfo.InvariantCulture)}",
            $"{ProtocolVariables.CheckpointDirectory}={home.Checkpoints}",
            $"{ProtocolVariables.Resume}={RunCheckpoints.Latest(home)?.FullName}",
            $"{ProtocolVariables.WorkerId}={workerId}",
            $"{ProtocolVariables.Experiment}={run.Experiment.Name}",
            $"{ProtocolVariables.Results}={root.Directory}",
            $"PWD={run.Experiment.Launch.WorkingDirectory}",
            // Python keeps a program's output to itself until 8 KiB are full; people follow logs.
            "PYTHONUNBUFFERED=1",
        };
        // Programs do without profiling their own code, which is short-lived; a trainer's is not.
        if (run.Experiment.Launch.Kind == LaunchKind.Method && Environment.GetEnvironmentVariable(ProfileGuided) is null)
            variables.Add($"{ProfileGuided}=1");
        variables.AddRange(run.Inputs.Select(input => $"{ProtocolVariables.Input(input.Name)}={root.Run(input.RunId).Directory}"));
        variables.AddRange(secrets.Variables());
        variables.AddRange(RankLauncher.Variables(run.Experiment.Launch));
        if (devices is not null)
        {
            variables.Add($"{GpuSelection.Variable}={devices}");
            // CUDA otherwise numbers the fastest card 0, and nvidia-smi, which people and we count by, the first on the bus.
            variables.Add("CUDA_DEVICE_ORDER=PCI_BUS_ID");
        }

        return variables;
    }
}
