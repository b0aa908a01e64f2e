using System.Globalization;
using System.Text;

namespace Experiments.Generators.Emission;

/// <summary>JSON strings, escaped as the framework's default encoder does.</summary>
internal static class JsonText
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (IsPlain(c))
                quoted.Append(c);
            else
                quoted.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether a text stands in JSON as it is.</summary>
    public static bool IsPlain(string text) => text.All(IsPlain);

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not ('"' or '\\' or '&' or '\'' or '+' or '<' or '>' or '`');
}
