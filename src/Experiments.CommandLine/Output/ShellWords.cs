namespace Experiments.CommandLine;

/// <summary>Words as a POSIX shell reads them back.</summary>
internal static class ShellWords
{
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./=:,+@%".Contains(c))
        ? word
        : $"'{word.Replace("'", "'\\''")}'";
}
