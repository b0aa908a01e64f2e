using System.Text.RegularExpressions;

namespace Experiments.Runtime;

/// <summary>Text that trainers wrote, as people may read it on one line: what they print must not command a terminal, nor end a line of a table.</summary>
public static partial class PlainText
{
    /// <summary>The text without escape sequences; every other control character and line end is a space.</summary>
    public static string OneLine(string text) => text.Any(char.IsControl) ? Control().Replace(Escape().Replace(text, ""), " ") : text;

    // Commands (`ESC [ … letter`), texts for the terminal itself (`ESC ] … BEL`), and what has only a letter.
    [GeneratedRegex(@"\x1b(\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\n]*(\x07|\x1b\\)|[ -/]*[0-OQ-WYZ`-~])", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\p{Cc}", RegexOptions.CultureInvariant)]
    private static partial Regex Control();
}
