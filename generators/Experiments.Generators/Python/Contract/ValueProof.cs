using Experiments.Generators.Locks;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Experiments.Generators.Python.CommandLines;

namespace Experiments.Generators.Python.Contract;

/// <summary>Checks one value against the option it is passed by.</summary>
internal sealed class ValueProof(EntrypointModel entrypoint, CommandLine command, IProblemSink problems)
{
    private const int ListedChoices = 8;

    public void Check(PassedValue value, string name, Option option)
    {
        if (option.Takes == Takes.Unknown)
            return;
        if (value.Value.Kind == ValueKind.Boolean)
            CheckBoolean(value, name, option);
        else if (option.Takes is Takes.Nothing or Takes.NothingOrNo)
            problems.Report(RuleIds.OptionType, value.Place, value.Property.Name, option.Name, "a `bool`", Described(value.Value));
        else if (value.Value.Kind == ValueKind.List && option.Takes is Takes.Value or Takes.OptionalValue)
            problems.Report(RuleIds.OptionType, value.Place, value.Property.Name, option.Name, "one value", Described(value.Value));
        else if (!CheckType(value, option))
            CheckChoices(value, option);
    }

    private void CheckBoolean(PassedValue value, string name, Option option)
    {
        var style = entrypoint.Booleans;
        var negative = "--no-" + name.Substring(2);
        var hasNegative = command.Find(negative).Contains(option);
        var (why, wanted) = option.Takes switch
        {
            Takes.Nothing when style == "Value" => ($"`{option.Name}` takes no value, got `{name} true`", "Presence"),
            Takes.Nothing when style == "Negatable" && command.Find(negative).Count == 0 => ($"`{option.Name}` is passed or left out, got `{negative}` for false", "Presence"),
            Takes.NothingOrNo when style == "Value" => ($"`{option.Name}` takes no value, got `{name} true`", hasNegative ? "Negatable" : "Presence"),
            Takes.NothingOrNo when style == "Presence" && option.Default == true && hasNegative => ($"`{option.Name}` is true unless `{negative}` is passed, got nothing for false", "Negatable"),
            Takes.NothingOrNo when style == "Negatable" && !hasNegative => ($"`{option.Name}` has no `{negative}`", "Presence"),
            Takes.Value when style != "Value" => ($"`{option.Name}` takes a value, got none", option.Type == WordType.Any && Accepts(option, "true", "false") ? "Value" : ""),
            Takes.Value when option.Type == WordType.TruthOfText => ($"`{option.Name}` is read by `bool`, to which every text is true, `false` too", ""),
            Takes.Value when option.Type != WordType.Any => ($"`{option.Name}` takes a number, got `true`", ""),
            Takes.Value when !Accepts(option, "true", "false") => ($"`{option.Name}` takes one of {Listed(option.Choices!)}, got `true`", ""),
            Takes.OptionalValue when style == "Presence" && option.Default == true => ($"`{option.Name}` is true by default, got nothing for false", "Value"),
            Takes.OptionalValue when style == "Negatable" && command.Find(negative).Count == 0 => ($"`{option.Name}` has no `{negative}`", "Value"),
            _ => ("", ""),
        };
        if (why.Length > 0)
            problems.Report(RuleIds.BooleanStyle, value.Place, value.Property.Name, why, wanted);
    }

    private bool CheckType(PassedValue value, Option option)
    {
        var scalar = value.Value.Element ?? value.Value;
        var wanted = option.Type switch { WordType.Integer => "an integer", WordType.Float => "a number", _ => null };
        if (wanted is null)
            return false;
        var isWrong = scalar.Kind switch
        {
            ValueKind.Integer => false,
            // A text may be a number; its default says whether it is.
            ValueKind.String => value.Default is { Kind: JsonKind.Text } text && !IsNumber(text.Text, option.Type),
            ValueKind.Single or ValueKind.Double or ValueKind.Decimal => option.Type == WordType.Integer,
            ValueKind.Enum => scalar.Enum!.Members.Any(member => !IsNumber(member.Name, option.Type)),
            _ => true,
        };
        if (isWrong)
            problems.Report(RuleIds.OptionType, value.Place, value.Property.Name, option.Name, wanted, Described(value.Value));
        return isWrong;
    }

    private void CheckChoices(PassedValue value, Option option)
    {
        if (option.Choices is null)
            return;
        var scalar = value.Value.Element ?? value.Value;
        var declared = Declared(value, scalar).ToList();
        if (value.Value.Kind != ValueKind.List && !value.Property.IsMandatory && value.Default is { Kind: JsonKind.Text or JsonKind.Number } given
            && DefaultWord(given, scalar) is { } word && !Accepts(option, word))
            problems.Report(RuleIds.DefaultNotAccepted, value.Place, value.Property.Name, word, Listed(option.Choices));
        else if (declared.FirstOrDefault(text => !Accepts(option, text)) is { } refused)
            problems.Report(RuleIds.ValueNotAccepted, value.Place, value.Property.Name, refused, Listed(option.Choices));
    }

    /// <summary>The values a property may have, where they are listed.</summary>
    private static IEnumerable<string> Declared(PassedValue value, ValueModel scalar)
    {
        var allowed = value.Property.Checks.FirstOrDefault(check => check.Kind == CheckKind.Allowed);
        var denied = value.Property.Checks.FirstOrDefault(check => check.Kind == CheckKind.Denied)?.Values.Select(constant => constant.Code).ToList() ?? [];
        if (scalar.Enum is { } type)
            return type.Members.Where(member => !member.IsAlias && !denied.Contains(member.Code) && allowed?.Values.Any(constant => constant.Code == member.Code) != false).Select(member => member.Name);
        return allowed?.Values.Where(constant => constant.Text != "null").Select(constant => constant.Text) ?? [];
    }

    /// <summary>A default as its word. Locks know enum members by their first names, command lines by their present ones.</summary>
    private static string? DefaultWord(JsonNode given, ValueModel scalar) =>
        scalar.Enum is { } type ? type.Members.FirstOrDefault(member => member.IdentityName == given.Text)?.Name : given.Text;

    /// <summary>A constant as its word; <see langword="null"/> when it is none that choices could refuse.</summary>
    public static string? Word(ConstantModel constant, ValueModel scalar) => scalar.Enum is { } type
        ? type.Members.FirstOrDefault(member => member.Code == constant.Code)?.Name
        : scalar.Kind == ValueKind.List || constant.Text == "null" ? null : constant.Text;

    public static bool Accepts(Option option, params string[] words) => option.Choices is not { } choices || words.All(word => choices.Any(choice => choice == word
        || (option.Type != WordType.Any && double.TryParse(choice, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var a)
            && double.TryParse(word, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var b) && a.Equals(b))));

    private static bool IsNumber(string text, WordType type) => type == WordType.Integer
        ? System.Numerics.BigInteger.TryParse(text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out _)
        : double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _) || text.ToLowerInvariant() is "nan" or "inf" or "infinity";

    public static string Listed(IReadOnlyList<string> choices) =>
        string.Join(", ", choices.Take(ListedChoices).Select(choice => $"`{choice}`")) + (choices.Count > ListedChoices ? ", …" : "");

    private static string Described(ValueModel value) => value.Kind switch
    {
        ValueKind.List => "a list",
        ValueKind.Enum => "the name of an enum's member",
        _ => $"`{value.Type.Replace("global::", "")}`",
    };
}
