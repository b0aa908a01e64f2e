namespace Experiments.Core;

/// <summary>How a configuration's key is written on a command line.</summary>
public static class OptionName
{
    /// <summary>The option of a key: <c>--optimizer.weight-decay</c> for <c>optimizer.weight_decay</c>.</summary>
    public static string Of(string key) => "--" + key.Replace('_', '-');

    /// <summary>Whether a name as typed, without its dashes, means a key: <c>-</c> and <c>_</c> are the same.</summary>
    internal static bool Matches(ReadOnlySpan<char> name, string key)
    {
        if (name.Length != key.Length)
            return false;
        for (var i = 0; i < key.Length; i++)
        {
            if (name[i] != key[i] && !(name[i] is '-' or '_' && key[i] is '-' or '_'))
                return false;
        }

        return true;
    }
}
