using Experiments.Core;

namespace Experiments.Generators.Models;

/// <summary>All that is emitted for a sweep.</summary>
internal sealed record SweepModel(TypeModel Type, SweptExperimentModel Experiment, EquatableArray<AxisModel> Axes)
{
    public string Summary { get; init; } = "";

    /// <summary>Whether the user documented the record: then the proof becomes a remark, unless they wrote remarks too.</summary>
    public bool HasSummary { get; init; }

    /// <inheritdoc cref="HasSummary"/>
    public bool HasRemarks { get; init; }

    public int Samples { get; init; }

    public int Seed { get; init; }

    /// <summary>The most runs the sweep may have.</summary>
    public int MaxRuns { get; init; }

    /// <summary>The order of the runs, as C#.</summary>
    public string Order { get; init; } = "Declared";

    /// <summary>The GPU-hours the runs may take.</summary>
    public double? BudgetHours { get; init; }

    /// <summary>The GPU-hours the runs are expected to take; <see langword="null"/>: not known.</summary>
    public double? EstimatedHours => RunCount is { } runs && Experiment.Estimate is { } text && Duration.TryParse(text, out var estimate)
        ? runs * estimate.TotalHours * Experiment.Gpus
        : null;

    public EquatableArray<string> Tags { get; init; }

    public bool HasInclude { get; init; }

    public bool HasPriority { get; init; }

    public bool HasTags { get; init; }

    public bool HasBase { get; init; }

    /// <summary>C# that makes one; <see langword="null"/> when something is mandatory that is no axis.</summary>
    public string? Creation { get; init; }

    /// <summary>Names among those of optional generated members that the record uses itself.</summary>
    public EquatableArray<string> OwnNames { get; init; }

    /// <summary>Points before <c>Include</c>; <see langword="null"/> when an axis takes its values from a property.</summary>
    public long? PointCount { get; init; }

    /// <summary>Runs after <c>Include</c>; <see langword="null"/> when only the program knows.</summary>
    public long? RunCount { get; init; }

    /// <summary>The first run ids, as far as they are known at compile time.</summary>
    public EquatableArray<string> FirstIds { get; init; }

    /// <summary>Whether user code is evaluated at every point.</summary>
    public bool HasComputedMembers => HasInclude || HasPriority || HasTags || HasBase;

    /// <summary>Whether ids can be made on one configuration that is changed from point to point. The accessors that change it can't reach into generic types.</summary>
    public bool HasScratch => !HasComputedMembers && Axes.All(a => a.Path.All(p => p.DeclaringType.IndexOf('<') < 0));

    /// <summary>The axes in the order they are walked, outermost first; axes of one group walk together.</summary>
    public IEnumerable<IReadOnlyList<AxisModel>> Dimensions()
    {
        var dimensions = new List<IReadOnlyList<AxisModel>>();
        var random = Axes.Where(a => a.IsRandom).ToList();
        if (random.Count > 0)
            dimensions.Add(random);
        var done = new HashSet<string>();
        foreach (var axis in Axes.Where(a => !a.IsRandom))
        {
            if (axis.Zip is null)
                dimensions.Add([axis]);
            else if (done.Add(axis.Zip))
                dimensions.Add(Axes.Where(a => !a.IsRandom && a.Zip == axis.Zip).ToList());
        }

        return Order == "RoundRobin" ? dimensions.OrderByDescending(d => d.Any(a => a.Kind == AxisKind.Repeats)) : dimensions;
    }
}

/// <summary>What a sweep needs to know of its experiment.</summary>
internal sealed record SweptExperimentModel(TypeModel Type, string Name, EquatableArray<PropertyModel> Mandatory)
{
    /// <summary>GPUs of a run.</summary>
    public int Gpus { get; init; }

    /// <summary>How long a run is expected to take, as declared: <c>30m</c>.</summary>
    public string? Estimate { get; init; }
}

/// <summary>Kinds of axes.</summary>
internal enum AxisKind
{
    Values,
    ValuesFrom,
    Linspace,
    LogSpace,
    Steps,
    All,
    Seeds,
    Repeats,
    Uniform,
    LogUniform,
}

/// <summary>An axis of a sweep.</summary>
/// <param name="Name">The sweep's property.</param>
/// <param name="Path">The experiment's properties from the record to the one it sets.</param>
/// <param name="Kind">Where its values come from.</param>
internal sealed record AxisModel(string Name, EquatableArray<PropertyModel> Path, AxisKind Kind)
{
    /// <summary>The largest number of values that is written out in a model and in generated code.</summary>
    public const int InlineMax = 256;

    public string Identifier { get; init; } = Name;

    /// <summary>The type of the sweep's property.</summary>
    public ValueModel Value { get; init; } = Path[Path.Count - 1].Value;

    /// <summary>The axis as declared: <c>LogSpace(0.0001, 0.01, 3)</c>.</summary>
    public string Description { get; init; } = "";

    public string? Zip { get; init; }

    /// <summary>The values, where they are constant and at most <see cref="InlineMax"/>.</summary>
    public EquatableArray<ConstantModel> Values { get; init; }

    /// <summary>Number of values; <see langword="null"/> for random axes and values known only at run time.</summary>
    public int? Count { get; init; }

    /// <summary>For <c>ValuesFrom</c>: the property, keywords escaped.</summary>
    public string Source { get; init; } = "";

    /// <summary>Bounds and step of spaced and random axes.</summary>
    public double From { get; init; }

    /// <inheritdoc cref="From"/>
    public double To { get; init; }

    /// <inheritdoc cref="From"/>
    public double Step { get; init; }

    public bool IsRandom => Kind is AxisKind.Uniform or AxisKind.LogUniform;

    /// <summary>The property it sets.</summary>
    public PropertyModel Target => Path[Path.Count - 1];

    /// <summary>Path outside C#: <c>optimizer.weight_decay</c>.</summary>
    public string Key => string.Join(".", Path.Select(p => p.Key));

    /// <summary>Path under first-ever names, by which random values are drawn.</summary>
    public string IdentityKey => string.Join(".", Path.Select(p => p.IdentityKey));

    /// <summary>Path in C#: <c>Optimizer.WeightDecay</c>.</summary>
    public string PropertyPath => string.Join(".", Path.Select(p => p.Name));
}
