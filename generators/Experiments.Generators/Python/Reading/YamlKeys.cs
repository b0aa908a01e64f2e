namespace Experiments.Generators.Python.Reading;

/// <summary>The keys of a YAML file of nested mappings, and Hydra's defaults list. Everything fancier is said not to be understood.</summary>
internal sealed class YamlKeys
{
    /// <summary>Dotted keys with their values; <see langword="null"/> for mappings, lists and texts of several lines.</summary>
    public List<(string Key, string? Value)> Keys { get; } = [];

    /// <summary>The defaults list: group (empty: a file of the same folder) and choice.</summary>
    public List<(string Group, string Choice)> Defaults { get; } = [];

    public string? Package { get; private set; }

    public bool IsWhole { get; private set; } = true;

    public static YamlKeys Read(string text)
    {
        var yaml = new YamlKeys();
        var open = new Stack<(int Indent, string Key)>();
        var skipBelow = int.MaxValue;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            var content = line.TrimStart();
            var indent = line.Length - content.Length;
            if (content.StartsWith("# @package", StringComparison.Ordinal))
                yaml.Package = content.Substring("# @package".Length).Trim();
            if (content.Length == 0 || content[0] == '#' || content is "---" or "...")
                continue;
            if (indent > skipBelow)
                continue;
            skipBelow = int.MaxValue;
            while (open.Count > 0 && (open.Peek().Indent > indent || (open.Peek().Indent == indent && content[0] != '-')))
                open.Pop();
            var path = string.Join(".", open.Reverse().Select(entry => entry.Key));
            if (content[0] == '-')
            {
                if (path == "defaults")
                    yaml.Default(content.Substring(1).Trim());
                else
                    skipBelow = indent;
                continue;
            }

            var colon = Colon(content);
            if (colon < 0 || line.Contains('\t') || content[0] is '{' or '[' or '&' or '*' or '?' || content.StartsWith("<<", StringComparison.Ordinal))
            {
                yaml.IsWhole = false;
                return yaml;
            }

            var key = content.Substring(0, colon).Trim().Trim('"', '\'');
            var value = Uncomment(content.Substring(colon + 1).Trim());
            open.Push((indent, key));
            if (path.Length == 0 && key == "defaults")
                continue;
            yaml.Keys.Add((path.Length == 0 ? key : $"{path}.{key}", value.Length == 0 ? null : value));
            // Keys of a mapping on one line are not followed, and those below an anchor may be another's.
            if (value.Length > 0 && value[0] is '{' && value != "{}" || value.Length > 0 && value[0] is '&' or '*')
                yaml.IsWhole = false;
            if (value.Length > 0)
                skipBelow = indent;
        }

        return yaml;
    }

    private void Default(string entry)
    {
        entry = Uncomment(entry);
        var colon = Colon(entry);
        if (entry.StartsWith("{", StringComparison.Ordinal))
            IsWhole = false;
        else if (colon < 0)
            Defaults.Add(("", entry.Trim('"', '\'')));
        else
            Defaults.Add((entry.Substring(0, colon).Trim().TrimStart('/'), entry.Substring(colon + 1).Trim().Trim('"', '\'')));
    }

    private static int Colon(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ':' && (i + 1 == text.Length || text[i + 1] == ' '))
                return i;
        }

        return -1;
    }

    private static string Uncomment(string text)
    {
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return (comment >= 0 ? text.Substring(0, comment) : text.StartsWith("#", StringComparison.Ordinal) ? "" : text).Trim();
    }
}
