using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Experiments.Generators.Python.CommandLines;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Python.Contract;

/// <summary>Checks the values of a sweep's axes against the options that they are passed by.</summary>
internal static class AxesProof
{
    public static void Check(INamedTypeSymbol type, SweepModel sweep, EntrypointModel entrypoint, CommandLine command, IProblemSink problems)
    {
        if (entrypoint.Style != "Options")
            return;
        foreach (var axis in sweep.Axes.Where(axis => axis.Values.Count > 0))
        {
            var key = string.Join(".", axis.Path.Select(p => p.Key));
            if (command.Find("--" + (entrypoint.OptionCase == "Kebab" ? key.Replace('_', '-') : key)) is not { Count: 1 } found || found[0].Choices is not { } choices)
                continue;
            var scalar = axis.Path[axis.Path.Count - 1].Value;
            for (var i = 0; i < axis.Values.Count; i++)
            {
                if (ValueProof.Word(axis.Values[i], scalar) is { } word && !ValueProof.Accepts(found[0], word))
                    problems.Report(RuleIds.AxisValueNotAccepted, Place(type, axis, i), axis.Name, word, ValueProof.Listed(choices));
            }
        }
    }

    private static Location Place(INamedTypeSymbol type, AxisModel axis, int value)
    {
        var attribute = AxisParser.AttributeOf(type.Property(axis.Name)!)!;
        return (axis.Kind == AxisKind.Values ? attribute.PositionalSyntax(value)?.GetLocation() : null) ?? attribute.Place();
    }
}
