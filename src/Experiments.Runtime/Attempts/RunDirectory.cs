using System.Text.Json;
using Experiments.Registry;
using Experiments.Runtime.Launching;
using Experiments.Runtime.Publishing;

namespace Experiments.Runtime.Attempts;

/// <summary>Makes the directories and files an attempt finds when it starts.</summary>
internal static class RunDirectory
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Prepares a run's home for an attempt.</summary>
    /// <exception cref="ExperimentsException">EXP8032: the home would be outside the results root.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    public static void Prepare(ResultsRoot root, ClaimedRun run)
    {
        var home = root.Run(run.RunId);
        RefuseEscape(root, home);
        Directory.CreateDirectory(home.Staging(run.Attempt));
        Directory.CreateDirectory(home.Checkpoints);
        Directory.CreateDirectory(Path.GetDirectoryName(home.Log(run.Attempt))!);
        Freeze(home.Config, run.Config);
        if (run.Experiment.Launch.Kind == LaunchKind.Function)
            PythonFunction.WriteBootstrap(home.Config);
        if (run.Experiment.Launch.Ranks is { } ranks)
        {
            Directory.CreateDirectory(home.RankLogs(run.Attempt));
            RankLauncher.WriteConfig(ranks, home);
        }
    }

    /// <summary>Links below the runs' directory could lead anywhere; ids themselves are checked when runs are planned.</summary>
    private static void RefuseEscape(ResultsRoot root, RunHome home)
    {
        for (var folder = home.Directory; folder.Length > root.Runs.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (!folder.StartsWith(root.Runs + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.GetFullPath(folder) != folder
                || new FileInfo(folder).LinkTarget is not null)
                throw new ExperimentsException("EXP8032", $"expected `{folder}` to be a directory under `{root.Runs}`, got a link or a path that leads elsewhere",
                    "move it away; every run has its own real directory");
        }
    }

    private static void Freeze(string path, ReadOnlyMemory<byte> config)
    {
        using var document = JsonDocument.Parse(config);
        using var buffer = new MemoryStream(config.Length * 2);
        using (var json = new Utf8JsonWriter(buffer, Indented))
            document.WriteTo(json);
        buffer.WriteByte((byte)'\n');
        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            WholeFile.Write(path, bytes);
    }
}
