using System.Text.RegularExpressions;

namespace Experiments.Runtime.Failures;

/// <summary>What a log says about why its process ended.</summary>
/// <param name="Category">Why; <see cref="FailureCategory.Unknown"/> for an exception that no sign is found in.</param>
/// <param name="Line">The line that says so.</param>
/// <param name="Weight">How much it says.</param>
internal sealed record LastWords(FailureCategory Category, string Line, Weight Weight)
{
    /// <summary>Lines of progress after which a trainer has survived what it said before.</summary>
    private const int SurvivedAfter = 5;

    /// <summary>Said of what is not the end.</summary>
    private static readonly Regex Survivable = Expressions.Bounded(
        @"\b(WARN(ING)?|INFO|DEBUG|NOTICE)\b|[Ww]arning:|\b[Rr]etry(ing)?\b|\b([Ss]kipp|[Ii]gnor|[Rr]ecover)(ed|ing)\b|[Ff]all(ing|s)? back|[Rr]educing (the )?batch|not a failure|failed call to cuInit|^\[?[WI](\d{3,4})? | [WI] \S+\]");

    private static readonly Regex Progress = Expressions.Bounded(
        @"\d%\||\b(it|s|steps?|samples?|batch(es)?|tok(en)?s?)/(s|it|sec)\b|\b([Ee]poch|[Ss]tep|[Ii]ter(ation)?)\b.{0,20}\d|\b(loss|acc|accuracy)\b.{0,3}[:= ] ?\d");

    /// <summary>What loggers sum up after the end.</summary>
    private static readonly Regex Summary = Expressions.Bounded(@"^(wandb|COMET \w+): ");

    /// <summary>A launcher's account of a child that ended; the child's own words are before it.</summary>
    private static readonly Regex Launcher = Expressions.Bounded(
        @"ChildFailedError|returned non-zero exit status|terminated with exit code|ProcessRaisedException|^SystemExit\b|^KeyboardInterrupt\b|^(subprocess\.)?CalledProcessError");

    /// <summary>What Python writes between exceptions that are one failure.</summary>
    private static readonly Regex Chain = Expressions.Bounded(@"^(During handling of the above exception|The above exception was the direct cause|-{8,40} \d{1,4} -{8,40}$)");

    /// <summary>What the end of a log says; <see langword="null"/> when it says nothing that ends a process.</summary>
    /// <param name="tail">The end of the log.</param>
    /// <param name="mention">What it says in passing, in a warning or the like.</param>
    public static LastWords? Find(string tail, out LastWords? mention)
    {
        mention = null;
        LastWords? unknown = null, ofThread = null, consequence = null, report = null;
        var progress = new HashSet<string>(StringComparer.Ordinal);
        var chained = false;

        // Backwards: what a log ends with is more telling than what came before.
        foreach (var line in Enumerable.Reverse(LogLines.Of(tail)))
        {
            if (Chain.Has(line.Bare))
            {
                chained = true;
                continue;
            }

            var sign = FailureTable.Of(line.Bare);
            if (sign is null && !line.IsException)
            {
                // Whatever was said before, the trainer went on after it.
                if (Progress.Has(line.Bare) && !Summary.Has(line.Bare) && progress.Add(State(line.Bare)) && progress.Count == SurvivedAfter)
                    break;
                continue;
            }

            if (sign is null && (line.IsOfThread || Launcher.Has(line.Bare)))
                continue;

            var words = new LastWords(sign?.Category ?? FailureCategory.Unknown, line.Text.Trim(), sign?.Weight ?? Weight.Cause);
            if (!line.IsException && Survivable.Has(line.Bare))
            {
                mention ??= words;
                continue;
            }

            if (unknown is not null)
            {
                // An exception that nobody knows has perhaps a known one that led to it.
                if (!chained)
                    break;
                chained = false;
                if (sign is not null)
                    return words;
                continue;
            }

            chained = false;
            switch (words.Weight)
            {
                case Weight.Cause when line.IsOfThread:
                    ofThread ??= words;
                    break;
                case Weight.Cause when sign is not null:
                    return words;
                case Weight.Cause:
                    unknown = words;
                    // The exception that this is the inner one of is above it.
                    chained = line.Bare.StartsWith(" ---> ", StringComparison.Ordinal);
                    break;
                case Weight.Consequence:
                    consequence ??= words;
                    break;
                default:
                    report ??= words;
                    break;
            }
        }
        return unknown ?? ofThread ?? consequence ?? report;
    }

    /// <summary>How far it is. A progress bar is drawn once more when its rank ends, with another time.</summary>
    private static string State(string progress) => progress.Contains("%|", StringComparison.Ordinal) ? progress.Split('[')[0] : progress;
}
