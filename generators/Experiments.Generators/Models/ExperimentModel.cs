namespace Experiments.Generators.Models;

/// <summary>All that is emitted for an experiment.</summary>
internal sealed record ExperimentModel(TypeModel Type, string Name, RecordModel Record, TemplateModel Id)
{
    public string Summary { get; init; } = "";

    public EquatableArray<string> Tags { get; init; }

    public EquatableArray<InputModel> Inputs { get; init; }

    /// <summary>What an attempt executes; <see langword="null"/>: the record's own method.</summary>
    public EntrypointModel? Entrypoint { get; init; }

    /// <summary>How it is started as several processes.</summary>
    public RankLaunchModel? Ranks { get; init; }

    public TrainerKind Trainer { get; init; }

    public int Gpus { get; init; }

    public double MemoryGiB { get; init; }

    public int RetryLimit { get; init; }

    /// <summary>Null: nobody said it.</summary>
    public double? BackoffBase { get; init; }

    /// <summary>Retries of single categories.</summary>
    public EquatableArray<RetryBudgetModel> RetryBudgets { get; init; }

    /// <summary>What failures are: its own rules, then its assembly's.</summary>
    public EquatableArray<FailureRuleModel> FailureRules { get; init; }

    /// <summary>Products that remedies keep: paths in the configuration.</summary>
    public EquatableArray<EquatableArray<string>> Invariants { get; init; }

    /// <summary>Which checkpoints are kept; <see langword="null"/>: all.</summary>
    public CheckpointsModel? Checkpoints { get; init; }

    /// <summary>The longest an attempt may take, as declared: <c>12h</c>.</summary>
    public string? Timeout { get; init; }

    /// <summary>The longest an attempt may be silent, as declared: <c>30m</c>.</summary>
    public string? Stall { get; init; }

    /// <summary>How long an attempt is expected to take, as declared: <c>30m</c>.</summary>
    public string? Estimate { get; init; }

    public ResultsModel? Results { get; init; }

    /// <summary>The task of its flat result files.</summary>
    public string? ResultTask { get; init; }

    /// <summary>Whether the record already names a JSON converter.</summary>
    public bool HasJsonConverter { get; init; }
}

/// <summary>A typed dependency on another experiment's run.</summary>
internal sealed record InputModel(string Identifier, string Key, string ExperimentType);

/// <summary>The trainer method of an experiment.</summary>
internal enum TrainerKind
{
    None,

    /// <summary><c>Task RunAsync(RunContext run)</c></summary>
    Plain,

    /// <summary><c>Task&lt;Results&gt; RunAsync(RunContext run)</c></summary>
    WithResults,
}

/// <summary>A declared entrypoint, its enum values as C#.</summary>
internal sealed record EntrypointModel(string Kind, string Target, EquatableArray<string> Arguments)
{
    public string? Tool { get; init; }

    public string? Commit { get; init; }

    public string Style { get; init; } = "Options";

    public string OptionCase { get; init; } = "Kebab";

    public string Booleans { get; init; } = "Presence";
}

/// <summary>A declared launcher, as C#.</summary>
internal sealed record RankLaunchModel(string Launcher, int Processes, string? MixedPrecision, string? ConfigFile, EquatableArray<string> Options);

/// <summary>Retries after failures of one category, as C#.</summary>
internal sealed record RetryBudgetModel(string Category, int Limit);

/// <summary>A declared failure rule, its enum values as C#.</summary>
internal sealed record FailureRuleModel(string Pattern, string Category, string? Action);

/// <summary>Which checkpoints are kept.</summary>
internal sealed record CheckpointsModel(int KeepLast, int KeepBest);

/// <summary>The results record of an experiment.</summary>
internal sealed record ResultsModel(TypeModel Type, EquatableArray<MetricModel> Metrics, EquatableArray<ArtifactModel> Artifacts);

/// <summary>A metric.</summary>
/// <param name="Identifier">The property, keywords escaped.</param>
/// <param name="Key">Its name outside C#.</param>
/// <param name="Type">Type of the property without <c>?</c>.</param>
internal sealed record MetricModel(string Identifier, string Key, string Type)
{
    public bool IsNullable { get; init; }

    public bool IsFloating { get; init; }

    public string Goal { get; init; } = "Maximize";

    public bool IsPrimary { get; init; }

    /// <summary>What becomes of the values of several ranks, as C#.</summary>
    public string Ranks { get; init; } = "RankZero";

    /// <summary>The numbered result file, as C#.</summary>
    public string Component { get; init; } = "Default";

    /// <summary>Whether the property is computed from others.</summary>
    public bool IsDerived { get; init; }
}

/// <summary>An artifact.</summary>
internal sealed record ArtifactModel(string Identifier, string Key, string File)
{
    /// <summary>The numbered result file, as C#.</summary>
    public string Component { get; init; } = "Default";
}
