namespace Experiments.Generators.Models;

/// <summary>A record whose properties are configuration: an experiment's, or one nested in it.</summary>
internal sealed record RecordModel(string Type, EquatableArray<PropertyModel> Properties)
{
    /// <summary>The name of the record, without namespace and escapes.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether no other record can derive from it.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Whether content hashes are made of something else than the canonical JSON: former names, or no secrets. An input may have either.</summary>
    public bool HasOwnIdentity => Properties.Any(p => p.IdentityKey != p.Key || p.Value.HasOwnIdentity);

    public PropertyModel? Find(string name) => Properties.FirstOrDefault(p => p.Name == name);
}

/// <summary>One property of a configuration.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Key">Its name outside C#: <c>learning_rate</c>.</param>
/// <param name="Value">Its type.</param>
internal sealed record PropertyModel(string Name, string Key, ValueModel Value)
{
    /// <summary>The name with keywords escaped.</summary>
    public string Identifier { get; init; } = Name;

    /// <summary>Its former names outside C#, oldest first.</summary>
    public EquatableArray<string> FormerKeys { get; init; }

    /// <summary>The name that identifies it in content hashes: the first it ever had.</summary>
    public string IdentityKey => FormerKeys.Count > 0 ? FormerKeys[0] : Key;

    /// <summary>The type that declares it; another one than the record where it is inherited.</summary>
    public string DeclaringType { get; init; } = "";

    /// <summary>Whether an object initialiser must set it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is a parameter of the record without a default, which the constructor must be given.</summary>
    public bool IsConstructorParameter { get; init; }

    /// <summary>Whether a value must be given, because there is no default.</summary>
    public bool IsMandatory => IsRequired || IsConstructorParameter;

    public string Summary { get; init; } = "";

    public EquatableArray<CheckModel> Checks { get; init; }

    public RemedyModel? Remedy { get; init; }
}

/// <summary>What a DataAnnotations attribute demands.</summary>
internal enum CheckKind
{
    Range,
    Allowed,
    Denied,
    Length,
    Pattern,
}

/// <summary>One demand on a value, its operands as C# of the property's type.</summary>
internal sealed record CheckModel(CheckKind Kind)
{
    /// <summary>Range: bounds as C#; empty: none. Length: counts. Pattern: the expression itself.</summary>
    public string Min { get; init; } = "";

    /// <inheritdoc cref="Min"/>
    public string Max { get; init; } = "";

    public bool IsMinExclusive { get; init; }

    public bool IsMaxExclusive { get; init; }

    /// <summary>Range of numbers: the bounds as numbers, for compile-time checks.</summary>
    public double MinNumber { get; init; } = double.NegativeInfinity;

    /// <inheritdoc cref="MinNumber"/>
    public double MaxNumber { get; init; } = double.PositiveInfinity;

    /// <summary>Allowed and denied values.</summary>
    public EquatableArray<ConstantModel> Values { get; init; }
}

/// <summary>A constant of an attribute, converted to the type of the property it is for.</summary>
/// <param name="Code">The value in C#.</param>
/// <param name="Text">The value as run ids and messages write it.</param>
/// <param name="Number">The value as a number, where it is one.</param>
internal sealed record ConstantModel(string Code, string Text, double? Number);

/// <summary>What happens to a property when an attempt runs out of memory.</summary>
internal sealed record RemedyModel(double Scale, double? Min, double? Max);
