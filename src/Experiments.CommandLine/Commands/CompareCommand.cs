using System.CommandLine;
using System.Text.Json;

namespace Experiments.CommandLine;

/// <summary><c>compare</c>: two groups of runs side by side.</summary>
internal sealed class CompareCommand : ExperimentCommand
{
    private readonly Argument<string> _first = new("A") { Description = "A target, a tag, a run id or a pattern such as 'hcrl_sa/teacher_*'" };
    private readonly Argument<string> _second = new("B") { Description = "A target, a tag, a run id or a pattern, to compare A with" };
    private readonly Option<string?> _metric = Syntax.Word("--metric", "NAME", "Metric to compare by. Default: the experiments' primary metric");
    private readonly Option<Setting<Goal>?> _goal = Syntax.Goal();

    public CompareCommand(CommandContext context)
        : base("compare", "Compare two groups of completed runs", context)
    {
        Add(_first);
        Add(_second);
        Add(_metric);
        Add(_goal);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        var first = await RunGroup.FindAsync(session, registry, parsed.GetRequiredValue(_first), cancel).ConfigureAwait(false);
        var second = await RunGroup.FindAsync(session, registry, parsed.GetRequiredValue(_second), cancel).ConfigureAwait(false);
        var scope = new Scope($"{first.Name} and {second.Name}", Registry.RunFilter.All, first.ComparableWith(second));
        var ranking = Ranking.Choose(scope, parsed.GetValue(_metric), parsed.GetValue(_goal)?.Value);
        var comparison = Comparison.Of(first, second, ranking);
        if (session.Json)
            session.Terminal.WriteJson(json => Write(json, comparison));
        else
            Write(session.Terminal, comparison);
        return ExitCode.Success;
    }

    private static void Write(Terminal terminal, Comparison comparison)
    {
        var (first, second, goal) = (comparison.First, comparison.Second, comparison.Ranking.Goal);
        var format = MetricFormat.Of([first.Mean, second.Mean, first.Best, second.Best, first.Deviation, second.Deviation]);
        terminal.WriteLine($"{comparison.Ranking.Metric}, {(goal == Goal.Maximize ? "higher" : "lower")} is better");
        terminal.WriteLine();
        var table = new ListTable().Column("group").Column("runs", number: true).Column("mean", number: true).Column("std", number: true).Column("best", number: true);
        foreach (var (name, figures, wins) in ((string, Statistics, bool)[])[(comparison.FirstName, first, comparison.Better < 0), (comparison.SecondName, second, comparison.Better > 0)])
        {
            table.Row(new Cell(name, wins ? Looks.Good : null), Words.Number(figures.Count), new Cell(Figure(format, figures.Mean), wins ? Looks.Good : Looks.Strong),
                Figure(format, figures.Deviation), Figure(format, figures.Best));
        }

        table.Write(terminal);
        terminal.WriteLine();
        if (first.NotNumbers + second.NotNumbers > 0)
            terminal.WriteLine($"left out, not a number: {first.NotNumbers} and {second.NotNumbers}");
        if (first.Count == 0 || second.Count == 0)
            terminal.WriteLine($"no completed run of `{(first.Count == 0 ? comparison.FirstName : comparison.SecondName)}` has `{comparison.Ranking.Metric}`");
        else
            terminal.WriteLine($"difference of means  {Signed(format, second.Mean - first.Mean)}");
        if (comparison.Paired is { Count: > 0 } paired)
        {
            terminal.WriteLine($"paired difference    {Signed(format, paired.Mean)}{(double.IsNaN(paired.Deviation) ? "" : $" ± {format.Write(paired.Deviation)}")} over {Words.Count(paired.Count, "pair")}"
                + $"{(comparison.Apart.Count > 0 ? $" that differ in {string.Join(", ", comparison.Apart)}" : "")}; `{comparison.SecondName}` better in {comparison.SecondWins}");
        }
    }

    private static string Figure(MetricFormat format, double value) => double.IsNaN(value) ? "-" : format.Write(value);

    private static string Signed(MetricFormat format, double value) => (value > 0 ? "+" : "") + format.Write(value);

    private static void Write(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteStartObject();
        json.WriteString("metric"u8, comparison.Ranking.Metric);
        json.WriteString("goal"u8, comparison.Ranking.Goal == Goal.Maximize ? "maximize" : "minimize");
        json.WriteStartArray("groups"u8);
        foreach (var (name, figures) in ((string, Statistics)[])[(comparison.FirstName, comparison.First), (comparison.SecondName, comparison.Second)])
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteNumber("count"u8, figures.Count);
            json.WriteNumber("not_numbers"u8, figures.NotNumbers);
            json.WriteDouble("mean", figures.Mean);
            json.WriteDouble("std", figures.Deviation);
            json.WriteDouble("best", figures.Best);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteDouble("difference", comparison.Second.Mean - comparison.First.Mean);
        json.WriteStartObject("paired"u8);
        json.WriteNumber("count"u8, comparison.Paired.Count);
        json.WriteDouble("mean", comparison.Paired.Mean);
        json.WriteDouble("std", comparison.Paired.Deviation);
        json.WriteNumber("second_better"u8, comparison.SecondWins);
        json.WriteStrings("differ_in", comparison.Apart);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
