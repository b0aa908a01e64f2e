using System.Globalization;

namespace Experiments.Scripting.Compiling;

/// <summary>An error or a warning at a place in a script. No types of the compiler: warnings are shown again on a warm start.</summary>
/// <param name="Id">Such as <c>CS0103</c> or <c>EXP2002</c>.</param>
/// <param name="IsError">Otherwise a warning.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Path">Full path of the script; empty when it is at no place.</param>
/// <param name="Line">From 1; 0 when it is at no place.</param>
/// <param name="Column">From 1.</param>
/// <param name="EndLine">Line of the end.</param>
/// <param name="EndColumn">Column behind the last character.</param>
internal sealed record ScriptProblem(string Id, bool IsError, string Message, string Path, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>Neither error nor warning: shown in editors only.</summary>
    public bool IsAdvice { get; init; }

    public string Severity => IsError ? "error" : IsAdvice ? "info" : "warning";

    /// <summary>As compilers write it: <c>sweep.csx(3,5): error CS0103: …</c>.</summary>
    /// <param name="directory">Paths below it are shown relative to it.</param>
    public string Text(string directory)
    {
        var place = Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Shown(Path, directory)}({Line},{Column}): ");
        return $"{place}{Severity} {Id}: {Message}";
    }

    /// <summary>A path as it is shown to people in a directory.</summary>
    public static string Shown(string path, string directory) =>
        System.IO.Path.GetRelativePath(directory, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
}
