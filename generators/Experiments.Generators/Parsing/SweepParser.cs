using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>Records with <c>[Sweep]</c>.</summary>
internal static class SweepParser
{
    /// <summary>Members that generated code adds to a sweep.</summary>
    public static readonly IReadOnlyList<string> ReservedNames = ["Expand", "Sweep", "Generated", "Declaration"];

    /// <summary>Members that generated code adds to a sweep unless it has its own by that name, as an axis may be called.</summary>
    public static readonly IReadOnlyList<string> YieldedNames = ["Count", "Points", "Plan"];

    /// <summary>The most runs of a sweep that declares no limit.</summary>
    public const int DefaultMaxRuns = 10_000;

    /// <summary>Parses a sweep; <see langword="null"/> when nothing can be emitted for it.</summary>
    public static SweepModel? Parse(INamedTypeSymbol type, IProblemSink? sink, CancellationToken cancellation)
    {
        var scope = new ParseScope(sink, cancellation);
        if (type.Find(Attributes.Sweep) is not { } attribute || !Symbols.IsExtensible(type, sink, cancellation))
            return null;
        if (ExperimentOf(type) is not { } experimentType)
        {
            scope.Report(RuleIds.NotASweep, type.Place(), type.Name, "it does not implement `ISweep<T>`");
            return null;
        }

        // Our own half of the record has nullable annotations, and the user's may not: that makes two interfaces of one.
        if (type.AllInterfaces.Where(IsSweepOf).Select(i => i.TypeArguments[0]).Distinct(SymbolEqualityComparer.Default).Count() > 1 || type.Find(Attributes.Experiment) is not null)
        {
            scope.Report(RuleIds.NotASweep, type.Place(), type.Name, "it must be a sweep of one experiment, and no experiment itself");
            return null;
        }

        if (experimentType.Find(Attributes.Experiment) is null)
        {
            scope.Report(RuleIds.NotASweep, type.Place(), type.Name, $"`{experimentType.Name}` is no experiment");
            return null;
        }

        // The experiment's own problems are reported where it is declared.
        if (ExperimentParser.Model(experimentType, cancellation) is not { } experiment)
            return null;
        if (ReservedNames.Concat(YieldedNames).Contains(type.Name))
        {
            scope.Report(RuleIds.ReservedMemberName, type.Place(), type.Name, type.Name);
            return null;
        }

        foreach (var member in ReservedNames.SelectMany(name => type.GetMembers(name)).Where(m => !m.IsImplicitlyDeclared && !m.IsGenerated()))
            scope.Report(RuleIds.ReservedMemberName, member.Place(), member.Name, type.Name);

        var axes = new List<AxisModel>();
        var isWhole = true;
        foreach (var property in type.Properties())
        {
            if (AxisParser.AttributeOf(property) is not { } axisAttribute)
                continue;
            if (AxisParser.Parse(type, property, axisAttribute, experiment.Record, scope) is { } axis)
                axes.Add(axis);
            else
                isWhole = false;
        }

        if (!isWhole)
            return null;
        var sweep = Model(type, attribute, experiment, axes, scope);
        if (!CheckWhole(type, attribute, sweep, scope))
            return null;
        sweep = Proven(type, sweep, experiment, cancellation);
        if (sweep.Creation is null)
            scope.Report(RuleIds.SweepWithParameters, type.Place(), type.Name, SweepCreation.Needs(type, axes));
        if (sweep.RunCount > sweep.MaxRuns)
            scope.Report(RuleIds.TooManyRuns, type.Place(), type.Name, sweep.RunCount!, sweep.MaxRuns);
        return sweep;
    }

    /// <summary>Counts the runs and names the first ones, as far as the compiler can know.</summary>
    private static SweepModel Proven(INamedTypeSymbol type, SweepModel sweep, ExperimentModel experiment, CancellationToken cancellation)
    {
        if (PointWalk.Of(sweep, onlyFirst: !sweep.HasInclude) is not { } points)
            return sweep;
        if (!sweep.HasInclude)
            return sweep with { FirstIds = points.Take(IdPreview.Shown).Select(p => IdPreview.Id(experiment, sweep.Axes, p)).ToEquatableArray() };
        if (PointExpression.Of(type, "Include", sweep.Axes, cancellation) is not { } include)
            return sweep;
        var count = 0L;
        var first = new List<string>();
        foreach (var point in points)
        {
            cancellation.ThrowIfCancellationRequested();
            if (include.Evaluate(point) is not { } isIncluded)
                return sweep;
            if (!isIncluded)
                continue;
            count++;
            if (first.Count < IdPreview.Shown)
                first.Add(IdPreview.Id(experiment, sweep.Axes, point));
        }

        return sweep with { RunCount = count, FirstIds = first.ToEquatableArray() };
    }

    /// <summary>The experiment a sweep expands into.</summary>
    public static INamedTypeSymbol? ExperimentOf(INamedTypeSymbol type) =>
        type.AllInterfaces.FirstOrDefault(IsSweepOf)?.TypeArguments[0] as INamedTypeSymbol;

    private static bool IsSweepOf(INamedTypeSymbol type) => type.OriginalDefinition.ToDisplayString() == "Experiments.ISweep<TExperiment>";

    private static SweepModel Model(INamedTypeSymbol type, AttributeData attribute, ExperimentModel experiment, List<AxisModel> axes, ParseScope scope)
    {
        var swept = new SweptExperimentModel(experiment.Type, experiment.Name, experiment.Record.Properties.Where(p => p.IsMandatory).ToEquatableArray())
        {
            Gpus = experiment.Gpus,
            Estimate = experiment.Estimate,
        };
        var sweep = new SweepModel(Symbols.Model(type), swept, axes.ToEquatableArray())
        {
            Summary = Documentation.Summary(type, scope.Cancellation),
            HasSummary = Documentation.Has(type, "summary", scope.Cancellation),
            HasRemarks = Documentation.Has(type, "remarks", scope.Cancellation),
            Samples = attribute.Named("Samples", 0),
            Seed = attribute.Named("Seed", 0),
            MaxRuns = attribute.Named("MaxRuns", 0) is > 0 and var max ? max : DefaultMaxRuns,
            Order = attribute.NamedEnum("Order", "Declared"),
            BudgetHours = type.Find("Experiments.BudgetAttribute")?.Argument<double?>(0, null),
            Tags = attribute.NamedStrings("Tags").ToEquatableArray(),
            HasInclude = Computed(type, "Include") is { Type.SpecialType: SpecialType.System_Boolean },
            HasPriority = Computed(type, "Priority") is { Type.SpecialType: SpecialType.System_Int32 },
            HasTags = Computed(type, "Tags") is { } tags && tags.Type.AllInterfaces.Append(tags.Type).Any(IsTexts),
            HasBase = Computed(type, "Base")?.Type.FullName() == experiment.Type.FullName,
            Creation = SweepCreation.Of(type, axes),
            OwnNames = YieldedNames.Where(name => type.GetMembers(name).Any(m => !m.IsGenerated())).ToEquatableArray(),
        };
        var points = PointCount(sweep);
        return sweep with { PointCount = points, RunCount = sweep.HasInclude ? null : points };
    }

    /// <summary>A property that user code evaluates at every point.</summary>
    public static IPropertySymbol? Computed(INamedTypeSymbol type, string name) =>
        type.AndBases().SelectMany(t => t.GetMembers(name)).OfType<IPropertySymbol>().FirstOrDefault(p => p is { IsStatic: false, GetMethod: not null } && AxisParser.AttributeOf(p) is null);

    private static bool IsTexts(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } texts && texts.TypeArguments[0].SpecialType == SpecialType.System_String;

    private static long? PointCount(SweepModel sweep)
    {
        var points = 1L;
        foreach (var dimension in sweep.Dimensions())
        {
            var count = dimension[0].IsRandom ? sweep.Samples : dimension[0].Count;
            if (count is null)
                return null;
            points = count == 0 ? 0 : points > long.MaxValue / count.Value ? long.MaxValue : points * count.Value;
        }

        return points;
    }

    private static bool CheckWhole(INamedTypeSymbol type, AttributeData attribute, SweepModel sweep, ParseScope scope)
    {
        if (sweep.Axes.Count == 0)
        {
            scope.Report(RuleIds.EmptyAxis, type.Place(), type.Name);
            return false;
        }

        var isGood = true;
        foreach (var group in sweep.Dimensions().Where(d => !d[0].IsRandom && d.Count > 1))
        {
            foreach (var other in group.Skip(1).Where(a => a.Count is { } count && group[0].Count is { } first && count != first))
            {
                isGood = false;
                scope.Report(RuleIds.ZipLengths, type.Property(other.Name)!.Place(), other.Zip!, group[0].Name, group[0].Count!, other.Name, other.Count!);
            }
        }

        var isRandom = sweep.Axes.Any(a => a.IsRandom);
        if (isRandom != sweep.Samples > 0)
        {
            isGood = false;
            scope.Report(RuleIds.SamplesMismatch, attribute.Place(), type.Name,
                isRandom ? "`Samples = …`, the number of random points" : "a random axis (`[Uniform]` or `[LogUniform]`) for its `Samples`");
        }

        var unset = sweep.HasBase ? [] : sweep.Experiment.Mandatory.Where(p => sweep.Axes.All(a => a.PropertyPath != p.Name)).Select(p => p.Name).ToList();
        if (unset.Count > 0)
        {
            isGood = false;
            scope.Report(RuleIds.RequiredPropertyUnset, type.Place(), type.Name, string.Join(", ", unset), sweep.Experiment.Type.Name);
        }

        return isGood;
    }
}
