namespace Experiments.Generators.Python.Reading;

/// <summary>What is certain about values.</summary>
internal static class Truth
{
    private const int MaxItems = 500;

    /// <summary>Whether a value is true in a condition; <see langword="null"/>: not known.</summary>
    public static bool? Of(Value value) => value switch
    {
        ConstantValue { Content: null } => false,
        ConstantValue { Content: bool flag } => flag,
        ConstantValue { Content: string text } => text.Length > 0,
        ConstantValue { Content: long number } => number != 0,
        ConstantValue { Content: double number } => number != 0,
        SequenceValue sequence => sequence.Items.Count > 0,
        FunctionValue or ClassValue or ParserValue => true,
        _ => null,
    };

    /// <summary>What iterating a value gives; <see langword="null"/>: not known.</summary>
    public static IReadOnlyList<Value>? Items(Value value) => value switch
    {
        SequenceValue { Items: var items } when items.Count <= MaxItems => items,
        DictionaryValue { Items: var items } when items.Count <= MaxItems => items.Select(item => item.Key).ToList(),
        _ => null,
    };

    /// <summary>The words a value lists; <see langword="null"/> when one is not known.</summary>
    public static IReadOnlyList<string>? Texts(Value? value)
    {
        if (value is null || Items(value) is not { } items)
            return null;
        var texts = items.Select(item => (item as ConstantValue)?.Text).ToList();
        return texts.All(text => text is not null) ? texts.ConvertAll(text => text!) : null;
    }

    public static string? Text(Value? value) => (value as ConstantValue)?.Content as string;

    public static bool? Flag(Value? value) => (value as ConstantValue)?.Content as bool?;
}
