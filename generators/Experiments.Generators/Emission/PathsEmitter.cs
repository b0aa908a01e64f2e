using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>Where the files of a run are.</summary>
internal static class PathsEmitter
{
    private static readonly HashSet<string> _taken = new(StringComparer.Ordinal) { "Home", "Config", "Metrics", "Checkpoints", "Log", "Paths", "Equals", "ToString", "GetHashCode", "GetType" };

    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        code.OpenType(experiment.Type);
        code.Documented("Where this run's files are under a results root.");
        code.Line("public Paths PathsIn(global::Experiments.ResultsRoot root) => new(root, Id);");
        code.Documented(
            $"Where the files of a run of <c>{experiment.Name}</c> are. Paths only: nothing is created or read.",
            "<param name=\"root\">The results root.</param>",
            "<param name=\"id\">The run.</param>");
        code.Open("public readonly partial struct Paths(global::Experiments.ResultsRoot root, RunId id)");
        Property(code, "The run's stable home.", "global::Experiments.RunHome", "Home", "root.Run(id.ToString())");
        Property(code, "Frozen configuration.", "string", "Config", "Home.Config");
        Property(code, "Metrics and events of the attempt that won.", "string", "Metrics", "Home.Metrics");
        Property(code, "Checkpoints, kept between attempts.", "string", "Checkpoints", "Home.Checkpoints");
        foreach (var artifact in experiment.Results?.Artifacts ?? default)
        {
            var name = _taken.Contains(artifact.Identifier) ? artifact.Identifier + "File" : artifact.Identifier;
            Property(code, $"The artifact <c>{SourceWriter.Xml(artifact.File)}</c>.", "string", name,
                $"global::System.IO.Path.Combine(Home.Directory, {SourceWriter.Literal(artifact.File)})");
        }

        code.Blank();
        code.Line("/// <summary>Log of an attempt: standard output and error.</summary>");
        code.Line("/// <param name=\"attempt\">Number of the attempt, from 1.</param>");
        code.Line("public string Log(int attempt) => Home.Log(attempt);");
        code.Close();
        code.CloseType();
    }

    private static void Property(SourceWriter code, string summary, string type, string name, string value) =>
        code.Blank().Line($"/// <summary>{summary}</summary>").Line($"public {type} {name} => {value};");
}
