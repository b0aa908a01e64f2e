namespace Experiments.Generators.Models;

/// <summary>What kinds of value a configuration may hold.</summary>
internal enum ValueKind
{
    Boolean,
    Integer,
    Single,
    Double,
    Decimal,
    String,
    Enum,
    TimeSpan,
    List,
    Record,

    /// <summary>Another experiment's configuration, on a settable <c>[Input]</c> property.</summary>
    Input,

    /// <summary>Where a secret is.</summary>
    Secret,
}

/// <summary>How a list is held.</summary>
internal enum ListKind
{
    ImmutableArray,
    ImmutableList,
    ReadOnlyList,
}

/// <summary>The type of a configuration value.</summary>
internal sealed record ValueModel(ValueKind Kind, string Type, bool IsNullable)
{
    /// <summary>Whether the type without its <c>?</c> is a value type.</summary>
    public bool IsValueType { get; init; }

    /// <summary>For integers: smallest and largest value.</summary>
    public decimal Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public decimal Max { get; init; }

    public EnumModel? Enum { get; init; }

    public ListKind List { get; init; }

    public ValueModel? Element { get; init; }

    public RecordModel? Record { get; init; }

    /// <summary>The type as declared, with its <c>?</c>.</summary>
    public string DeclaredType => IsNullable ? Type + "?" : Type;

    public bool IsNumber => Kind is ValueKind.Integer or ValueKind.Single or ValueKind.Double or ValueKind.Decimal;

    public bool IsFloating => Kind is ValueKind.Single or ValueKind.Double;

    /// <inheritdoc cref="RecordModel.HasOwnIdentity"/>
    public bool HasOwnIdentity => Kind switch
    {
        ValueKind.Input or ValueKind.Secret => true,
        ValueKind.Record => Record!.HasOwnIdentity,
        ValueKind.List => Element!.HasOwnIdentity,
        ValueKind.Enum => Enum!.HasFormerNames,
        _ => false,
    };

    /// <summary>One value, not a list or record.</summary>
    public bool IsScalar => Kind < ValueKind.List;
}

/// <summary>An enum and its names outside C#.</summary>
internal sealed record EnumModel(string Type, EquatableArray<EnumMemberModel> Members)
{
    /// <summary>Whether a member is identified by another name than it has now.</summary>
    public bool HasFormerNames => Members.Any(m => m.FormerNames.Count > 0);
}

/// <summary>A member of an enum.</summary>
/// <param name="Code">The member in C#: <c>global::Dataset.HcrlCh</c>.</param>
/// <param name="Name">Its name outside C#: <c>hcrl_ch</c>.</param>
/// <param name="Value">Its number.</param>
/// <param name="IsAlias">Whether an earlier member has the same number; then it is read, but never written.</param>
internal sealed record EnumMemberModel(string Code, string Name, decimal Value, bool IsAlias)
{
    /// <summary>Its former names outside C#, oldest first.</summary>
    public EquatableArray<string> FormerNames { get; init; }

    /// <summary>The name that run ids and content hashes use: the first it ever had.</summary>
    public string IdentityName => FormerNames.Count > 0 ? FormerNames[0] : Name;
}
