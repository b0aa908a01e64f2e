using System.Globalization;
using System.Text;

namespace Experiments.Core;

/// <summary>Names outside C#: <c>LearningRate</c> is <c>learning_rate</c>. The same rule as <c>JsonNamingPolicy.SnakeCaseLower</c>.</summary>
/// <remarks>This file is also compiled into the generator, which cannot reference this assembly.</remarks>
public static class SnakeCase
{
    private enum Previous
    {
        Nothing,
        Upper,
        LowerOrDigit,
        Space,
    }

    /// <summary>Converts a C# name.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        var previous = Previous.Nothing;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            switch (char.GetUnicodeCategory(c))
            {
                case UnicodeCategory.UppercaseLetter:
                    // A run of capitals is one word, less its last letter when a small one follows: XMLReader is xml_reader.
                    if (previous is Previous.LowerOrDigit or Previous.Space
                        || (previous == Previous.Upper && i + 1 < name.Length && char.IsLower(name[i + 1])))
                        text.Append('_');
                    text.Append(char.ToLowerInvariant(c));
                    previous = Previous.Upper;
                    break;
                case UnicodeCategory.LowercaseLetter:
                case UnicodeCategory.DecimalDigitNumber:
                    if (previous == Previous.Space)
                        text.Append('_');
                    text.Append(c);
                    previous = Previous.LowerOrDigit;
                    break;
                case UnicodeCategory.SpaceSeparator:
                    if (previous != Previous.Nothing)
                        previous = Previous.Space;
                    break;
                default:
                    text.Append(c);
                    previous = Previous.Nothing;
                    break;
            }
        }

        return text.ToString();
    }
}
