namespace Experiments.Generators.Parsing;

/// <summary>Names of properties that hold secrets more often than not. Tokens of texts and keys of dictionaries are none.</summary>
internal static class SecretNames
{
    private static readonly HashSet<string> _always = ["password", "passwd", "passphrase", "secret", "credential", "credentials", "apikey", "token"];

    private static readonly HashSet<string> _keys = ["api", "access", "secret", "private", "account", "auth", "ssh", "encryption"];

    private static readonly HashSet<string> _tokens =
        ["api", "access", "auth", "bearer", "refresh", "session", "hub", "hf", "huggingface", "face", "wandb", "github", "gitlab", "service", "login", "bot", "upload", "download", "write", "read", "personal", "security"];

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
