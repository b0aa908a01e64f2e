using System.Text;

namespace Experiments.Core;

/// <summary>Lists written as one word: <c>64,32</c>, <c>[64, 32]</c>, <c>["a,b", "c"]</c>.</summary>
internal static class ListText
{
    /// <summary>The items; quotes keep commas and spaces in one item.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        if (text.StartsWith('[') && text.EndsWith(']'))
            text = text[1..^1];
        if (text.AsSpan().Trim().IsEmpty)
            return [];
        var items = new List<string>();
        var item = new StringBuilder();
        var quote = '\0';
        var wasQuoted = false;
        foreach (var c in text)
        {
            if (quote != '\0')
            {
                if (c == quote)
                    quote = '\0';
                else
                    item.Append(c);
            }
            else if (c is '"' or '\'' && item.ToString().Trim().Length == 0)
            {
                item.Clear();
                quote = c;
                wasQuoted = true;
            }
            else if (c == ',')
            {
                items.Add(wasQuoted ? item.ToString() : item.ToString().Trim());
                item.Clear();
                wasQuoted = false;
            }
            else if (!wasQuoted || c != ' ')
            {
                item.Append(c);
            }
        }

        items.Add(wasQuoted ? item.ToString() : item.ToString().Trim());
        return items;
    }
}
