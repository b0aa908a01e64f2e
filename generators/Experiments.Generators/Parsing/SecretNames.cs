namespace Experiments.Generators.Parsing;

/// <summary>Names of properties that hold secrets more often than not. Tokens of texts and keys of dictionaries are none.</summary>
internal static class SecretNames
{
    private static readonly HashSet<string> _always = ["password", "passwd", "passphrase", "secret", "credential", "credentials", "apikey", "token"];

    private static readonly HashSet<string> _keys = ["api", "access", "secret", "private", "account", "auth", "ssh", "encryption"];

    private static readonly HashSet<string> _tokens =
        ["api", "access", "auth", "bearer", "refresh", "session", "hub", "hf", "huggingface", "face", "wandb", "github", "gitlab", "service", "login", "bot", "upload", "download", "write", "read", "personal", "security"];

    // How services begin their tokens.
    private static readonly string[] _prefixes = ["hf_", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk-", "xoxb-", "xoxp-", "AKIA", "ASIA", "eyJ", "npm_", "pypi-", "dop_v1_", "AIza"];

    private const int ValueMin = 16, AnyValueMin = 24;

    /// <summary>Whether a text looks like a secret rather than like where one is.</summary>
    public static bool IsValue(string text, bool isVariable)
    {
        if (text.Length >= ValueMin && _prefixes.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal)))
            return true;
        if (!isVariable)
            return false;
        // Variables are words; what is no name of one was meant as a value.
        return text.Any(c => !(char.IsLetterOrDigit(c) || c == '_'))
            || (text.Length >= AnyValueMin && text.Any(char.IsDigit) && text.Any(char.IsLower) && text.IndexOf('_') < 0);
    }

    /// <summary>Whether a property with this name outside C# is likely a secret.</summary>
    public static bool Contain(string key)
    {
        var words = key.Split('_', '-', '.');
        var last = words[words.Length - 1];
        if (words.Length == 1)
            return _always.Contains(last);
        var before = words[words.Length - 2];
        return last switch
        {
            "token" => _tokens.Contains(before),
            "key" => _keys.Contains(before),
            _ => _always.Contains(last),
        };
    }
}
