using Experiments.CommandLine;
using Experiments.Scripting.Compiling;

namespace Experiments.Tool.Checking;

/// <summary>What the compiler says, to people: its line, and on a screen the line of the script with the place underlined.</summary>
internal static class ProblemText
{
    private const string Red = "\e[1;31m", Yellow = "\e[1;33m", Plain = "\e[0m";

    public static void Write(Terminal terminal, IReadOnlyList<ScriptProblem> problems)
    {
        foreach (var problem in problems)
        {
            var text = problem.Text(Environment.CurrentDirectory);
            if (!terminal.ErrorColors)
            {
                terminal.Error.WriteLine(text);
                continue;
            }

            var color = problem.IsError ? Red : Yellow;
            terminal.Error.WriteLine(text.Replace($"{problem.Severity} {problem.Id}", $"{color}{problem.Severity} {problem.Id}{Plain}", StringComparison.Ordinal));
            if (LineOf(problem) is { } line)
            {
                var length = problem.EndLine == problem.Line ? Math.Max(1, problem.EndColumn - problem.Column) : Math.Max(1, line.Length - problem.Column + 1);
                terminal.Error.WriteLine($"{problem.Line,5} | {line}");
                terminal.Error.WriteLine($"      | {new string(' ', problem.Column - 1)}{color}{new string('^', length)}{Plain}");
            }
        }

        terminal.Error.Flush();
    }

    private static string? LineOf(ScriptProblem problem) =>
        problem.Line > 0 && File.Exists(problem.Path) ? File.ReadLines(problem.Path).ElementAtOrDefault(problem.Line - 1)?.Replace('\t', ' ') : null;
}
