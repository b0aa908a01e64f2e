namespace Experiments.Generators.Python.Reading;

/// <summary>Methods of strings, lists and dictionaries that scripts build option names and choices with.</summary>
internal static class Builtins
{
    public static Value? Method(Value owner, string name, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        var first = arguments.Count > 0 ? arguments[0].Value : null;
        switch (owner)
        {
            case DictionaryValue dictionary:
                return name switch
                {
                    "keys" => new SequenceValue(dictionary.Items.Select(item => item.Key).ToList()),
                    "values" => new SequenceValue(dictionary.Items.Select(item => item.Value).ToList()),
                    "items" => new SequenceValue(dictionary.Items.Select(item => (Value)new SequenceValue([item.Key, item.Value])).ToList()),
                    _ => null,
                };
            case SequenceValue sequence when name == "append" && first is not null:
                sequence.Items.Add(first);
                return Value.None;
            case SequenceValue sequence when name is "extend" or "insert" or "remove" or "pop" or "clear":
                sequence.Items.Add(Value.Unknown);
                return Value.Unknown;
            case SequenceValue when name == "copy":
                return owner;
            case ConstantValue { Content: string text } when arguments.Count == 0:
                return name switch
                {
                    "lower" => new ConstantValue(text.ToLowerInvariant()),
                    "upper" => new ConstantValue(text.ToUpperInvariant()),
                    "strip" => new ConstantValue(text.Trim()),
                    "split" => new SequenceValue(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => (Value)new ConstantValue(word)).ToList()),
                    _ => null,
                };
            case ConstantValue { Content: string text } when name == "replace" && arguments.Count == 2
                && Truth.Text(first) is { Length: > 0 } old && Truth.Text(arguments[1].Value) is { } replacement:
                return new ConstantValue(text.Replace(old, replacement));
            default:
                return null;
        }
    }
}
