namespace Experiments.Generators.Models;

/// <summary>A run id template, its names resolved.</summary>
internal sealed record TemplateModel(string Text, EquatableArray<TemplatePart> Parts)
{
    public bool HasHash => Parts.Any(p => p.Kind == TemplatePartKind.Hash);

    /// <summary>Whether the template names the property at a path, such as <c>Optimizer.WeightDecay</c>.</summary>
    public bool Names(string path) => Parts.Any(p => p.Path == path);
}

/// <summary>Kinds of template parts.</summary>
internal enum TemplatePartKind
{
    /// <summary>Text.</summary>
    Literal,

    /// <summary><c>{Property}</c>, <c>{Nested.Property}</c>, <c>{Property:format}</c></summary>
    Property,

    /// <summary><c>{Flag?text}</c></summary>
    Flag,

    /// <summary><c>{hash}</c>, <c>{hash:8}</c></summary>
    Hash,
}

/// <summary>A part of a template.</summary>
/// <param name="Text">Of a literal or flag: the text.</param>
internal sealed record TemplatePart(TemplatePartKind Kind, string Text)
{
    /// <summary>Path of the property in C#, dotted; empty for a literal or hash.</summary>
    public string Path { get; init; } = "";

    /// <summary>How to reach the property from a configuration: <c>Optimizer?.WeightDecay</c>.</summary>
    public string Access { get; init; } = "";

    /// <summary>The type of the property; nullable when a record on the way to it is.</summary>
    public ValueModel? Value { get; init; }

    public string? Format { get; init; }

    /// <summary>Number of digits of a hash.</summary>
    public int Digits { get; init; }

    /// <summary>Name of the component on the typed run id.</summary>
    public string Component { get; init; } = "";
}
