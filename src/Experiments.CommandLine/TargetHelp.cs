using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Experiments.CommandLine;

/// <summary>Help of a command, and below it the targets of this program or the options of the target that was named.</summary>
internal sealed class TargetHelp(Catalogue catalogue, Terminal terminal) : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parsed)
    {
        _help.MaxWidth = Math.Min(terminal.Width, 120);
        var status = _help.Invoke(parsed);
        var command = parsed.CommandResult.Command;
        if (command.Arguments.OfType<OverridesArgument>().Any() && command.Arguments is [Argument<string> target, ..]
            && parsed.GetResult(target) is { Tokens: [var name] } && Targets.Find(catalogue, name.Value) is { } found)
            WriteOptions(found);
        else if (command is RootCommand || command.Arguments is [Argument<string> { Name: "TARGET" }, ..])
            WriteTargets();
        return status;
    }

    private void WriteOptions(CatalogueTarget target)
    {
        if (target.Sweep is { } sweep)
            terminal.WriteLine($"{sweep.Name} is a sweep of {string.Join(" × ", sweep.Axes.Select(a => a.Name))}. Its runs also take:\n");
        foreach (var line in target.Experiment.Help.TrimEnd().Split('\n'))
            WriteWrapped(line.TrimEnd());
        terminal.WriteLine();
    }

    /// <summary>Writes a line; what is too long goes on below its last column.</summary>
    private void WriteWrapped(string line)
    {
        var indent = line.LastIndexOf("  ", StringComparison.Ordinal) + 2;
        while (line.Length > terminal.Width && line.LastIndexOf(' ', terminal.Width) is var cut && cut > indent)
        {
            terminal.WriteLine(line[..cut]);
            line = new string(' ', indent) + line[(cut + 1)..];
        }

        terminal.WriteLine(line);
    }

    private void WriteTargets()
    {
        if (catalogue.Sweeps.IsEmpty && catalogue.Experiments.IsEmpty)
            return;
        List<string[]> rows =
        [
            .. catalogue.Sweeps.Select(s => (string[])[Targets.NameOf(catalogue, s), $"sweep of {s.Experiment.Name}{(s.PointCount is { } points ? $", {Words.Count(points, "point")}" : "")}", s.Summary]),
            .. catalogue.Experiments.Select(e => (string[])[e.Name, "experiment", e.Definition.Summary]),
        ];
        terminal.WriteLine("Targets:");
        var (names, kinds) = (rows.Max(r => r[0].Length), rows.Max(r => r[1].Length));
        foreach (var row in rows)
            WriteWrapped($"  {row[0].PadRight(names)}  {row[1].PadRight(kinds)}  {row[2]}".TrimEnd());
        terminal.WriteLine();
    }
}
