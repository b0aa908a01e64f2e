using System.Text.RegularExpressions;

namespace Experiments.Runtime.Failures;

/// <summary>A line of a log that may say something.</summary>
/// <param name="Text">As it is in the log.</param>
/// <param name="Bare">Without what launchers and loggers write before it.</param>
/// <param name="IsException">Whether an exception is reported by it.</param>
/// <param name="IsOfThread">Whether that ended a thread only.</param>
internal readonly record struct LogLine(string Text, string Bare, bool IsException, bool IsOfThread);

/// <summary>The lines of a log, without those that only look as if they said something.</summary>
internal static class LogLines
{
    private const int LinesMax = 1000;
    private const int HalfCharsMax = 1000;

    /// <summary>Ranks (torchrun, MPI, Ray), colours, times, the boxes that Rich draws and the trees of Python's exception groups.</summary>
    private static readonly Regex Labels = Expressions.Bounded(
        @"^(\x1b\[[0-9;]*m|\[rank\d+\]: ?|\[[a-z_]+\d+\]:|\[\d+,\d+\]<std(err|out)>:|\(\w[^()]{0,80}pid=\d+[^()]{0,80}\) ?|[│|] | {2,12}[+|][- ]|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^ \]]{0,20}\]?:? )+");

    /// <summary>Source code below stack frames, native frames, and the options that a help text lists.</summary>
    private static readonly Regex Quoted = Expressions.Bounded(@"^(   |\t|[❱ ]*\d+ │|(frame )?#\d+|  File ""|  -{1,2}[A-Za-z])");

    private static readonly Regex Exception = Expressions.Bounded(
        @"^(Unhandled exception\. | ---> |Exception in thread ""[^""]{0,80}"" )?([A-Za-z_]\w*\.)*[A-Za-z_]\w*(Error|Exception|Interrupt|Exit|Timeout|Expired)(\(\w+\))?( \(\w+\))?(:|$)");

    /// <summary>What follows a Python traceback: exceptions may be called anything.</summary>
    private static readonly Regex Named = Expressions.Bounded(@"^[A-Za-z_][\w.]*(:|$)");

    /// <summary>What is said of exceptions that ended nothing.</summary>
    private static readonly Regex Ignored = Expressions.Bounded(@"^(Exception ignored |--- Logging error ---|Error in atexit)");

    private static readonly Regex InThread = Expressions.Bounded(@"^Exception in thread [^""]");

    /// <summary>The end of a log as lines, earlier ones first.</summary>
    public static List<LogLine> Of(string tail)
    {
        var texts = tail.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var lines = new List<LogLine>();
        var (traceback, ignored, thread) = (false, false, false);
        foreach (var text in texts.Skip(texts.Length - LinesMax))
        {
            var bare = Bare(text);
            if (bare.Length == 0 || Quoted.Has(bare))
                continue;

            ignored |= Ignored.Has(bare);
            thread |= InThread.Has(bare);
            if (bare.Contains("Traceback (most recent call last)", StringComparison.Ordinal))
            {
                traceback = true;
                continue;
            }

            var exception = Exception.Has(bare) || (traceback && Named.Has(bare));
            traceback &= bare[0] == ' ';
            if (!(exception && ignored))
                lines.Add(new LogLine(text, bare, exception, exception && thread));
            ignored &= !exception;
            thread &= !exception;
        }
        return lines;
    }

    private static string Bare(string text)
    {
        // What a long line says is at its start, or after the last progress bar.
        var short_ = text.Length <= 2 * HalfCharsMax ? text : string.Concat(text.AsSpan(0, HalfCharsMax), text.AsSpan(text.Length - HalfCharsMax));
        return Labels.Replace(short_, "").TrimEnd().TrimEnd('│').TrimEnd();
    }
}
