namespace Experiments.Scripting.Sources;

/// <summary><c>#r "nuget: Name, Version"</c>.</summary>
/// <param name="Name">Id of the package.</param>
/// <param name="Version">A version, range or floating version as NuGet writes them; empty: the newest.</param>
internal sealed record PackageReference(string Name, string Version)
{
    private const string Scheme = "nuget:";

    /// <summary>Reads what stands between the quotation marks; <see langword="null"/>: that names no package.</summary>
    /// <exception cref="FormatException">It begins like a package and is none.</exception>
    public static PackageReference? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        // A range has commas of its own: `[1.0, 2.0)`.
        var parts = text[Scheme.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        var version = parts.Length == 2 ? parts[1] : "";
        if (parts[0].Length is 0 or > 100 || !parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new FormatException($"expected `nuget: Name, Version`, got `{text}`");
        if (!version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '*' or ',' or '[' or ']' or '(' or ')' or ' '))
            throw new FormatException($"expected a version such as `1.2.3`, `[1.0, 2.0)` or `1.*`, got `{version}`");
        return new PackageReference(parts[0], version);
    }
}
