namespace Experiments.CommandLine;

/// <summary>How errors look: one paragraph, a blank line, a hint. Understandable without colour; no stack trace unless asked for.</summary>
internal static class ErrorText
{
    private const string Red = "\e[1;31m", Cyan = "\e[36m", Plain = "\e[0m";

    /// <summary>Writes an error people can act on.</summary>
    public static void Write(Terminal terminal, ExperimentsException error, bool debug)
    {
        terminal.Advise($"{Paint(terminal, Red, $"error {error.Code}")}: {error.Message}");
        if (error.Hint is { } hint)
            terminal.Advise($"\n{Paint(terminal, Cyan, "hint")}: {hint}");
        if (debug)
            terminal.Advise($"\n{error}");
    }

    /// <summary>Writes an error nobody expected.</summary>
    public static void Write(Terminal terminal, Exception error, bool debug)
    {
        // A message may span lines or be empty; the paragraph stays one paragraph.
        var message = string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        terminal.Advise($"{Paint(terminal, Red, "error EXP8199")}: unexpected {error.GetType().Name}: {message.TrimEnd('.')}");
        terminal.Advise(debug
            ? $"\n{error}"
            : $"\n{Paint(terminal, Cyan, "hint")}: results already recorded are safe; repeat the command with `--debug` for the stack trace, and report it");
    }

    private static string Paint(Terminal terminal, string color, string text) => terminal.ErrorColors ? color + text + Plain : text;
}
