using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>Makes a sweep of nothing but its axes. Their first values are as good as any: expanding it sets all of them at every point.</summary>
internal static class SweepCreation
{
    /// <summary>C# that makes one; <see langword="null"/> when something is mandatory that is no axis.</summary>
    public static string? Of(INamedTypeSymbol type, IReadOnlyList<AxisModel> axes)
    {
        if (Candidates(type).FirstOrDefault(c => !c.Missing(axes).Any()) is not { } candidate)
            return null;
        var arguments = string.Join(", ", candidate.Parameters.Select(name => $"{Symbols.Escape(name)}: {Value(name)}"));
        var members = string.Join(", ", candidate.Members.Select(name => $"{Symbols.Escape(name)} = {Value(name)}"));
        return $"new {type.FullName()}({arguments}){(members.Length > 0 ? $" {{ {members} }}" : "")}";

        string Value(string name) => axes.First(a => a.Name == name).Values.FirstOrDefault()?.Code ?? "default!";
    }

    /// <summary>What somebody else must give: names, comma separated.</summary>
    public static string Needs(INamedTypeSymbol type, IReadOnlyList<AxisModel> axes) =>
        Candidates(type).FirstOrDefault() is { } candidate ? string.Join(", ", candidate.Missing(axes).Select(name => $"`{name}`")) : "a public constructor";

    private static IEnumerable<Candidate> Candidates(INamedTypeSymbol type)
    {
        var required = type.AndBases().SelectMany(t => t.GetMembers()).Where(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }).Select(m => m.Name).Distinct().ToList();
        return type.InstanceConstructors
            .Where(c => c.DeclaredAccessibility == Accessibility.Public && !c.Parameters.Any(p => SymbolEqualityComparer.Default.Equals(p.Type, type)))
            .OrderBy(c => c.Parameters.Length)
            .Select(c => new Candidate(
                [.. c.Parameters.Where(p => !p.HasExplicitDefaultValue && !p.IsParams).Select(p => p.Name)],
                c.Find("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") is null ? required : []));
    }

    /// <summary>A constructor.</summary>
    /// <param name="Parameters">Its mandatory parameters.</param>
    /// <param name="Members">What an initialiser must set besides.</param>
    private sealed record Candidate(IReadOnlyList<string> Parameters, IReadOnlyList<string> Members)
    {
        /// <summary>What of it is no axis.</summary>
        public IEnumerable<string> Missing(IReadOnlyList<AxisModel> axes) => Parameters.Concat(Members).Distinct().Where(name => axes.All(a => a.Name != name));
    }
}
