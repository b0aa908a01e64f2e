namespace Experiments.CommandLine;

/// <summary>How errors look: one paragraph, a blank line, a hint. Understandable without colour; no stack trace unless asked for.</summary>
internal static class ErrorText
{
    private const string Red = "\e[1;31m", Cyan = "\e[36m", Plain = "\e[0m";

    /// <summary>Writes an error to standard error.</summary>
    public static void Write(Terminal terminal, Exception error, bool debug)
    {
        var (code, message, hint) = error is ExperimentsException known
            ? (known.Code, known.Message, known.Hint)
            : ("EXP8199", Unexpected(error), debug ? null : "results already recorded are safe; repeat the command with `--debug` for the stack trace, and report it");
        terminal.Error.WriteLine($"{Paint(terminal, Red, $"error {code}")}: {message}");
        if (hint is not null)
            terminal.Error.WriteLine($"\n{Paint(terminal, Cyan, "hint")}: {hint}");
        if (debug)
            terminal.Error.WriteLine($"\n{error}");
        terminal.Error.Flush();
    }

    // A message may span lines or be empty; the paragraph stays one paragraph.
    private static string Unexpected(Exception error) =>
        $"unexpected {error.GetType().Name}: {string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.')}";

    private static string Paint(Terminal terminal, string color, string text) => terminal.ErrorColors ? color + text + Plain : text;
}
