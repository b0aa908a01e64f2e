using Experiments.Core;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>The results record of an experiment: one primary metric, names that differ, and artifacts in files of their own inside the run's directory.</summary>
internal static class ResultsProof
{
    /// <summary>What the run's home holds besides artifacts.</summary>
    private static readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase) { "config.json", "run.json", "metrics.jsonl", "accelerate.yaml", "logs", "attempts", "checkpoints" };

    public static void Check(INamedTypeSymbol experiment, IProblemSink problems)
    {
        if (experiment.GetTypeMembers("Results").FirstOrDefault(t => !t.IsGenerated()) is not { } results)
            return;
        IPropertySymbol? primary = null;
        var metrics = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in results.Properties())
        {
            var (metric, artifact) = (property.Find("Experiments.MetricAttribute"), property.Find("Experiments.ArtifactAttribute"));
            if (metric is null && artifact is null && property is { IsStatic: false, SetMethod: not null, DeclaredAccessibility: Accessibility.Public })
                problems.Report(RuleIds.ResultIgnored, property.Place(), property.Name, results.Name);
            if (metric is not null)
            {
                if (metric.Named("Primary", false) && primary is not null)
                    problems.Report(RuleIds.TwoPrimaryMetrics, metric.NamedSyntax("Primary")?.Parent?.GetLocation() ?? metric.Place(), results.Name, primary.Name, property.Name);
                else if (metric.Named("Primary", false))
                    primary = property;
                Distinct(metrics, metric.Named<string?>("Name", null) ?? Symbols.Key(property), property, RuleIds.DuplicateKey, metric.NamedSyntax("Name")?.GetLocation() ?? property.Place(), problems);
            }

            if (artifact is not null)
            {
                var place = artifact.PositionalSyntax(0)?.GetLocation() ?? artifact.Place();
                var file = artifact.Argument(0, "");
                if (Problem(file) is { } problem)
                    problems.Report(RuleIds.ArtifactPath, place, property.Name, file, problem);
                else
                    Distinct(files, file, property, RuleIds.DuplicateArtifact, place, problems);
            }
        }
    }

    private static void Distinct(Dictionary<string, string> seen, string name, IPropertySymbol property, string rule, Location place, IProblemSink problems)
    {
        if (seen.TryGetValue(name, out var first))
            problems.Report(rule, place, name, first, property.Name);
        else
            seen.Add(name, property.Name);
    }

    private static string? Problem(string file)
    {
        if (file.Length == 0)
            return "it is empty";
        if (file[0] == '/' || file.IndexOf('\\') >= 0 || (file.Length > 1 && file[1] == ':'))
            return "write it relative to the run's directory, with `/`";
        if (file.Split('/').Any(segment => segment is ".." or "." or ""))
            return "it has an empty or dotted segment";
        return _taken.Contains(file.Split('/')[0]) ? $"`{file.Split('/')[0]}` is where the run itself is kept" : null;
    }
}
