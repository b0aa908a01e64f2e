using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>What an experiment says about its failures: rules that can be read, one number of retries each, products that remedies really keep.</summary>
internal static class FailuresProof
{
    private const double RoundingError = 1e-9;

    /// <summary>Checks an experiment.</summary>
    public static void Check(INamedTypeSymbol type, ExperimentModel experiment, IProblemSink problems)
    {
        CheckRetries(type, experiment, problems);
        CheckRules(type, problems);
        foreach (var (paths, attribute) in FailureParser.Invariants(type, experiment.Record))
            CheckInvariant(paths, attribute, problems);
        if (type.Find("Experiments.CheckpointsAttribute") is { } checkpoints)
        {
            var (last, best) = (checkpoints.Named("KeepLast", 3), checkpoints.Named("KeepBest", 0));
            ResourcesProof.Least(checkpoints, checkpoints.NamedSyntax("KeepLast"), "the number of newest checkpoints kept", last, "1 or more", last >= 1, problems);
            ResourcesProof.Least(checkpoints, checkpoints.NamedSyntax("KeepBest"), "the number of best checkpoints kept", best, "0 or more", best >= 0, problems);
        }
    }

    /// <summary>Checks the failure rules of an experiment or an assembly.</summary>
    public static void CheckRules(ISymbol symbol, IProblemSink problems)
    {
        foreach (var (rule, attribute) in FailureParser.Rules(symbol))
        {
            if (Problem(rule.Pattern) is { } problem)
                problems.Report(RuleIds.BadFailureRule, attribute.PositionalSyntax(0)?.GetLocation() ?? attribute.Place(), rule.Pattern, problem);
        }
    }

    private static string? Problem(string pattern)
    {
        if (pattern.Length == 0)
            return "nothing, which every log matches";
        try
        {
            _ = new Regex(pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.RightToLeft);
            return null;
        }
        catch (ArgumentException error)
        {
            return error.Message.TrimEnd('.');
        }
    }

    private static void CheckRetries(INamedTypeSymbol type, ExperimentModel experiment, IProblemSink problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var retry in type.FindAll("Experiments.RetryAttribute"))
        {
            var category = retry.ConstructorArguments.Length > 1 ? Attributes.EnumMember(retry.ConstructorArguments[0]) : null;
            if (!seen.Add(category ?? ""))
                problems.Report(RuleIds.TwoRetries, retry.Place(), experiment.Name, category is null ? "failures" : $"`{category}`");
            var index = category is null ? 0 : 1;
            ResourcesProof.Least(retry, retry.PositionalSyntax(index), "the number of retries", retry.Argument(index, 0), "0 or more", retry.Argument(index, 0) >= 0, problems);
            var backoff = retry.Named("BackoffBase", 2.0);
            ResourcesProof.Least(retry, retry.NamedSyntax("BackoffBase"), "the base of the backoff", backoff, "above 0", backoff > 0, problems);
        }
    }

    private static void CheckInvariant(IReadOnlyList<(string Words, string? Path, PropertyModel? Property)> paths, AttributeData attribute, IProblemSink problems)
    {
        var problem = Problem(paths, out var index);
        if (problem is not null)
            problems.Report(RuleIds.BrokenInvariant, (index >= 0 ? attribute.PositionalSyntax(index)?.GetLocation() : null) ?? attribute.Place(), problem);
    }

    private static string? Problem(IReadOnlyList<(string Words, string? Path, PropertyModel? Property)> paths, out int index)
    {
        for (index = 0; index < paths.Count; index++)
        {
            var (words, path, property) = paths[index];
            if (path is null)
                return $"an invariant to name properties of the configuration, got `{words}`";
            if (property is not { Value: { IsNumber: true, IsNullable: false } })
                return $"an invariant to name numbers, got `{words}`";
            if (paths.Take(index).Any(p => p.Path == path))
                return $"an invariant to name different properties, got `{words}` twice";
        }

        index = -1;
        if (paths.Count < 2)
            return "an invariant to name two properties or more, whose product remedies keep";
        var scales = paths.Where(p => p.Property!.Remedy is not null).Select(p => p.Property!.Remedy!.Scale).ToList();
        if (scales.Count == 0)
            return $"remedies on the properties of an invariant, got none on {string.Join(" and ", paths.Select(p => $"`{p.Words}`"))}";
        var product = scales.Aggregate(1.0, (a, b) => a * b);
        return Math.Abs(product - 1) <= RoundingError ? null
            : $"remedies that keep the product of {string.Join(" and ", paths.Select(p => $"`{p.Words}`"))}, got scales that multiply it with {product.ToString("R", CultureInfo.InvariantCulture)}";
    }
}
