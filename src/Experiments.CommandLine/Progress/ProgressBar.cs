using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.CommandLine;

/// <summary>One line: a bar of done, failed, running and to come, then counts, rate and the time left.</summary>
internal static class ProgressBar
{
    public static IRenderable Render(ProgressBoard.Snapshot moment, int width)
    {
        var words = Words(moment);
        var line = new StyledLine().Add(" ");
        var bar = Math.Clamp(width - words.Sum(w => w.Text.Length) - 3, 10, 40);
        var total = Math.Max(1, moment.Total);
        int Cells(int runs) => (int)Math.Round((double)runs * bar / total);
        var done = Cells(moment.Done);
        var failed = Cells(moment.Done + moment.Failed) - done;
        var running = Cells(moment.Done + moment.Failed + moment.Running.Count) - done - failed;
        line.Add(new string('━', done), Looks.Good);
        line.Add(new string('━', failed), Looks.Bad);
        line.Add(new string('━', running), Looks.Busy);
        line.Add(new string('─', bar - done - failed - running), Looks.Quiet);
        line.Add("  ");
        foreach (var word in words)
            line.Add(word.Text, word.Style);
        return line;
    }

    private static List<Cell> Words(ProgressBoard.Snapshot moment)
    {
        var words = new List<Cell>
        {
            new($"{CommandLine.Words.Number(moment.Done)}", Looks.Good),
            new($"/{CommandLine.Words.Count(moment.Total, "run")} done", Looks.Quiet),
        };
        if (moment.Failed > 0)
            words.Add(new($" · {CommandLine.Words.Number(moment.Failed)} failed", Looks.Bad));
        words.Add(new($" · {CommandLine.Words.Number(moment.Running.Count)} running", Looks.Quiet));
        if (moment.Done + moment.Failed > 0)
            words.Add(new($" · {Rate(moment.Done + moment.Failed, moment.Elapsed)}", Looks.Quiet));
        words.Add(new(moment.Eta is { } eta ? $" · {CommandLine.Words.Duration(eta)} left" : $" · {CommandLine.Words.Duration(moment.Elapsed)}", Looks.Strong));
        return words;
    }

    private static string Rate(int runs, TimeSpan elapsed)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var perMinute = runs / Math.Max(0.001, elapsed.TotalMinutes);
        return perMinute switch
        {
            >= 120 => string.Create(culture, $"{perMinute / 60:0.0}/s"),
            >= 1 => string.Create(culture, $"{perMinute:0.0}/min"),
            _ => string.Create(culture, $"{perMinute * 60:0.0}/h"),
        };
    }
}
