using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>The nested results record of an experiment: its metrics and artifacts.</summary>
internal static class ResultsParser
{
    /// <summary>Members that generated code adds to a results record.</summary>
    public static readonly IReadOnlyList<string> ReservedNames = ["Read", "Metrics", "Derived"];

    public static ResultsModel? Parse(INamedTypeSymbol experiment, ParseScope scope)
    {
        if (experiment.GetTypeMembers("Results").FirstOrDefault(t => !t.IsGenerated()) is not { } type
            || !Symbols.IsExtensible(type, scope.Sink, scope.Cancellation))
            return null;
        foreach (var member in ReservedNames.SelectMany(name => type.GetMembers(name)).Where(m => !m.IsImplicitlyDeclared && !m.IsGenerated()))
            scope.Report(RuleIds.ReservedMemberName, member.Place(), member.Name, type.Name);
        var metrics = new List<MetricModel>();
        var artifacts = new List<ArtifactModel>();
        foreach (var property in type.Properties())
        {
            if (property.GetMethod is null || property.IsStatic)
                continue;
            if (property.Find("Experiments.MetricAttribute") is { } metric)
            {
                var value = ValueParser.Parse(property.Type, scope);
                if (value is not { IsNumber: true })
                {
                    scope.Report(RuleIds.UnsupportedPropertyType, property.Place(), property.Name,
                        property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
                    continue;
                }

                metrics.Add(new MetricModel(Symbols.Escape(property.Name), metric.Named<string?>("Name", null) ?? Symbols.Key(property), value.Type)
                {
                    IsNullable = value.IsNullable,
                    IsFloating = value.IsFloating,
                    Goal = metric.ConstructorArguments.Length > 0 ? Attributes.EnumMember(metric.ConstructorArguments[0]) ?? "Maximize" : "Maximize",
                    IsPrimary = metric.Named("Primary", false),
                    Ranks = metric.NamedEnum("Ranks", "RankZero"),
                    Component = metric.NamedEnum("Component", "Default"),
                    IsDerived = property.SetMethod is null,
                });
            }
            else if (property.SetMethod is not null && property.Find("Experiments.ArtifactAttribute") is { } artifact)
            {
                if (property.Type.FullName() == "global::Experiments.Artifact")
                    artifacts.Add(new ArtifactModel(Symbols.Escape(property.Name), Symbols.Key(property), artifact.Argument(0, "")) { Component = artifact.NamedEnum("Component", "Default") });
                else
                    scope.Report(RuleIds.UnsupportedPropertyType, property.Place(), property.Name,
                        property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            }
        }

        return new ResultsModel(Symbols.Model(type), metrics.ToEquatableArray(), artifacts.ToEquatableArray());
    }
}
