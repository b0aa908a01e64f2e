using System.Diagnostics;

namespace Experiments.Scripting.Running;

/// <summary>An exception that a script did not catch, at the script's own lines.</summary>
internal static class ScriptError
{
    private const int FramesMax = 10;

    /// <summary>Writes it as one paragraph with the places in scripts it came through.</summary>
    public static void Write(TextWriter error, Exception exception, bool debug)
    {
        var message = string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        error.WriteLine($"error EXP9010: unhandled {exception.GetType().FullName}: {message}");
        foreach (var frame in Frames(exception).Distinct().Take(FramesMax))
            error.WriteLine($"  at {frame}");
        if (debug)
            error.WriteLine($"\n{exception}");
        else
            error.WriteLine("\nhint: `--debug` before the script's name shows the whole stack");
        error.Flush();
    }

    /// <summary>The frames that have a source line: those of scripts.</summary>
    private static IEnumerable<string> Frames(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            foreach (var frame in new StackTrace(e, fNeedFileInfo: true).GetFrames())
            {
                if (frame.GetFileName() is { } file && file.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) && frame.GetFileLineNumber() > 0)
                    yield return $"{Compiling.ScriptProblem.Shown(file, Environment.CurrentDirectory)}:{frame.GetFileLineNumber()}";
            }
        }
    }
}
