using Experiments.Generators.Models;

namespace Experiments.Generators.Parsing;

/// <summary>Whether two values of a template can run into each other, so that one id reads as two configurations.</summary>
internal static class Ambiguity
{
    /// <summary>Whether the end of one hole and the beginning of a later one cannot always be told apart.</summary>
    /// <param name="first">A hole.</param>
    /// <param name="between">The literal text between them.</param>
    /// <param name="second">A later hole.</param>
    /// <param name="areNeighbours">Whether no other hole stands between them.</param>
    public static bool Between(TemplatePart first, string between, TemplatePart second, bool areNeighbours)
    {
        // No value contains the separator of segments, so nothing runs across it; a hash has a fixed length.
        if (first.Kind is TemplatePartKind.Literal or TemplatePartKind.Hash || between.IndexOf('/') >= 0)
            return false;
        if (IsText(first))
            return TextThen(between, second);
        if (!areNeighbours)
            return false;
        return Names(first) is { } names
            ? NamesThen(names, between, second)
            : between.Length == 0 && (IsText(second) || IsNumeric(second) || second.Kind == TemplatePartKind.Hash
                || Names(second) is { } next && next.Any(n => n.Length > 0 && IsNumberCharacter(n[0])));
    }

    // Free text swallows what follows it, unless a separator that cannot stand in there ends it.
    private static bool TextThen(string between, TemplatePart second)
    {
        if (second.Kind == TemplatePartKind.Hash)
            return false;
        if (IsText(second) || between.Length == 0)
            return true;
        return Names(second) is { } names && names.Any(longer => names.Any(shorter => longer.EndsWith(between + shorter, StringComparison.Ordinal)));
    }

    private static bool NamesThen(IReadOnlyList<string> names, string between, TemplatePart second)
    {
        if (Names(second) is { } next)
        {
            var texts = names.SelectMany(_ => next, (a, b) => a + between + b).ToList();
            return texts.Distinct(StringComparer.Ordinal).Count() < texts.Count;
        }

        // `hcrl` and `hcrl_sa` before `_{X}`: a clash only where X may go on with `sa_…`.
        return names.Any(shorter => names.Any(longer => longer.Length > shorter.Length
            && longer.StartsWith(shorter + between, StringComparison.Ordinal)
            && (IsText(second) || (longer.Substring(shorter.Length + between.Length) + between).All(IsNumberCharacter))));
    }

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
