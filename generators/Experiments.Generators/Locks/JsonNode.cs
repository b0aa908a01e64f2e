namespace Experiments.Generators.Locks;

/// <summary>Kinds of JSON values.</summary>
internal enum JsonKind
{
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}

/// <summary>A JSON value, and where it stands. Analyzers can't bring a JSON library with them.</summary>
internal sealed record JsonNode(JsonKind Kind)
{
    public static JsonNode Null { get; } = new(JsonKind.Null);

    /// <summary>First character, and the one after the last.</summary>
    public (int Start, int End) Span { get; init; }

    /// <summary>Text, decoded; of a boolean or number: as written.</summary>
    public string Text { get; init; } = "";

    public double Number { get; init; }

    public IReadOnlyList<JsonNode> Items { get; init; } = [];

    public IReadOnlyList<JsonMember> Members { get; init; } = [];

    public static JsonNode Of(bool value) => new(JsonKind.Boolean) { Text = value ? "true" : "false" };

    public static JsonNode Of(string value) => new(JsonKind.Text) { Text = value };

    public static JsonNode Of(double value, string text) => new(JsonKind.Number) { Number = value, Text = text };

    public static JsonNode Of(IReadOnlyList<JsonNode> items) => new(JsonKind.List) { Items = items };

    public JsonNode? this[string name] => Members.FirstOrDefault(m => m.Name == name)?.Value;

    /// <summary>Whether both are the same value, wherever they stand and however their numbers are written.</summary>
    public bool IsSameAs(JsonNode other) => Kind == other.Kind && Kind switch
    {
        JsonKind.Number => Number.Equals(other.Number),
        JsonKind.Boolean or JsonKind.Text => Text == other.Text,
        JsonKind.List => Items.Count == other.Items.Count && Items.Zip(other.Items, (a, b) => a.IsSameAs(b)).All(same => same),
        JsonKind.Object => Members.Count == other.Members.Count && Members.All(m => other[m.Name] is { } value && m.Value.IsSameAs(value)),
        _ => true,
    };

    /// <summary>The value as JSON.</summary>
    public override string ToString() => Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Text => Emission.JsonText.Quote(Text),
        JsonKind.List => $"[{string.Join(",", Items)}]",
        JsonKind.Object => $"{{{string.Join(",", Members.Select(m => $"{Emission.JsonText.Quote(m.Name)}:{m.Value}"))}}}",
        _ => Text,
    };
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where its name begins, with the quote.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsonMember(string Name, int Start, JsonNode Value);
