using System.Globalization;
using System.Text;

namespace Experiments.Generators.Locks;

/// <summary>Writes a lock as <c>plan --lock</c> does: a line for each property.</summary>
internal static class LockText
{
    /// <summary>How deep the values of single properties are, which have a line.</summary>
    private const int LineDepth = 4;

    public static string Of(JsonNode root)
    {
        var text = new StringBuilder();
        Write(text, root, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonNode node, int depth)
    {
        if (node.Kind == JsonKind.Text)
        {
            Quote(text, node.Text);
            return;
        }

        if (node.Kind != JsonKind.Object)
        {
            text.Append(node.Kind == JsonKind.List ? $"[{string.Join(",", node.Items)}]" : node.ToString());
            return;
        }

        var isLine = depth >= LineDepth;
        var separator = isLine ? " " : "\n";
        text.Append('{');
        foreach (var member in node.Members)
        {
            text.Append(separator).Append(' ', isLine ? 0 : depth * 2 + 2);
            Quote(text, member.Name);
            text.Append(": ");
            Write(text, member.Value, depth + 1);
            separator = isLine ? ", " : ",\n";
        }

        if (node.Members.Count > 0)
            text.Append(isLine ? " " : "\n").Append(' ', isLine ? 0 : depth * 2);
        text.Append('}');
    }

    /// <summary>Text with nothing escaped but what must be.</summary>
    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c < ' ')
                text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        text.Append('"');
    }
}
