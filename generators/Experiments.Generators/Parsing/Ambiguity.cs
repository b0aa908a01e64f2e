using Experiments.Generators.Models;

namespace Experiments.Generators.Parsing;

/// <summary>Whether two values of a template can run into each other, so that one id reads as two configurations.</summary>
internal static class Ambiguity
{
    // So many combinations of names and flags are tried.
    private const int CombinationsMax = 4096;

    /// <summary>Whether the end of one hole and the beginning of a later one cannot always be told apart.</summary>
    public static bool Between(IReadOnlyList<TemplatePart> parts, int first, int second)
    {
        var inside = parts.Skip(first + 1).Take(second - first - 1).ToList();
        var between = string.Concat(inside.Where(p => p.Kind == TemplatePartKind.Literal).Select(p => p.Text));
        // No value contains the separator of segments, so nothing runs across it; a hash has a fixed length.
        if (parts[first].Kind is TemplatePartKind.Literal or TemplatePartKind.Hash || parts[second].Kind == TemplatePartKind.Literal || between.IndexOf('/') >= 0)
            return false;
        if (IsText(parts[first]))
            return TextThen(between, parts[second]);
        if (Names(parts[first]) is not null && Names(parts[second]) is not null)
            return IsRepeated(parts.Skip(first).Take(second - first + 1));
        if (inside.Any(p => p.Kind != TemplatePartKind.Literal))
            return false;
        return Names(parts[first]) is { } names ? NamesThen(names, between, parts[second]) : NumberThen(parts[first], between, parts[second]);
    }

    /// <summary>Whether two combinations of names and flags make one text, as those of `{A?_x}{B?_y}{C?_x}` do.</summary>
    private static bool IsRepeated(IEnumerable<TemplatePart> parts)
    {
        IReadOnlyList<string> texts = [""];
        foreach (var part in parts)
        {
            IReadOnlyList<string>? next = part.Kind == TemplatePartKind.Literal ? [part.Text] : Names(part);
            if (next is null || texts.Count * next.Count > CombinationsMax)
                return false;
            texts = texts.SelectMany(_ => next, (a, b) => a + b).ToList();
        }

        return texts.Distinct(StringComparer.Ordinal).Count() < texts.Count;
    }

    // What may go on with the text after it: `1` `.` `5.2` and `1.5` `.` `2`.
    private static bool NumberThen(TemplatePart first, string between, TemplatePart second)
    {
        if (between.Length == 0)
            return IsText(second) || IsNumeric(second) || second.Kind == TemplatePartKind.Hash || Names(second)?.Any(n => n.Length > 0 && IsNumberCharacter(n[0])) == true;
        return between switch
        {
            "." => HasPoint(first) && (HasPoint(second) || IsText(second)),
            "," => IsList(first) && (IsList(second) || IsText(second)),
            _ => false,
        };
    }

    /// <summary>Whether some values have decimals and others have none.</summary>
    private static bool HasPoint(TemplatePart part) => IsNumeric(part) && (part.Value!.Element ?? part.Value) is { Kind: ValueKind.Single or ValueKind.Double or ValueKind.Decimal or ValueKind.TimeSpan }
        && (part.Format is null || part.Format.Contains(".#") || part.Format[0] is 'G' or 'g' or 'R' or 'r');

    private static bool IsList(TemplatePart part) => part.Value?.Kind == ValueKind.List;

    // Free text swallows what follows it, unless a separator that cannot stand in there ends it.
    private static bool TextThen(string between, TemplatePart second)
    {
        if (second.Kind == TemplatePartKind.Hash)
            return false;
        if (IsText(second) || between.Length == 0)
            return true;
        return Names(second) is { } names && names.Any(longer => names.Any(shorter => longer.EndsWith(between + shorter, StringComparison.Ordinal)));
    }

    // `hcrl` and `hcrl_sa` before `_{X}`: a clash only where X may go on with `sa_…`.
    private static bool NamesThen(IReadOnlyList<string> names, string between, TemplatePart second) =>
        names.Any(shorter => names.Any(longer => longer.Length > shorter.Length
            && longer.StartsWith(shorter + between, StringComparison.Ordinal)
            && (IsText(second) || (longer.Substring(shorter.Length + between.Length) + between).All(IsNumberCharacter))));

    /// <summary>The finite texts of a hole; <see langword="null"/> when there are too many to list.</summary>
    private static IReadOnlyList<string>? Names(TemplatePart part)
    {
        if (part.Kind == TemplatePartKind.Flag)
            return ["", part.Text];
        IReadOnlyList<string>? names = part.Value?.Kind switch
        {
            ValueKind.Boolean => ["true", "false"],
            ValueKind.Enum => part.Value.Enum!.Members.Where(m => !m.IsAlias).Select(m => m.IdentityName).ToList(),
            _ => null,
        };
        return names is not null && part.Value!.IsNullable ? [.. names, "null"] : names;
    }

    private static bool IsText(TemplatePart part) =>
        part.Kind == TemplatePartKind.Property && (part.Value!.Kind == ValueKind.String || part.Value.Element is { Kind: ValueKind.String });

    private static bool IsNumeric(TemplatePart part) =>
        part.Kind == TemplatePartKind.Property && (part.Value!.IsNumber || part.Value.Kind is ValueKind.TimeSpan or ValueKind.List);

    private static bool IsNumberCharacter(char c) => c is (>= '0' and <= '9') or '.' or 'e' or '+' or '-';
}
