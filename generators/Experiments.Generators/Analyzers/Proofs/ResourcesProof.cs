using System.Globalization;
using Experiments.Core;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>What an experiment says it needs: durations that can be read, counts that can be had, and that they fit each other.</summary>
internal static class ResourcesProof
{
    public static void Check(INamedTypeSymbol type, ExperimentModel experiment, IProblemSink problems)
    {
        var timeout = Read(type, "Timeout", problems);
        var estimate = Read(type, "Estimate", problems);
        Read(type, "Stall", problems);
        if (estimate is { } expected && timeout is { } longest && expected.Time >= longest.Time)
            problems.Report(RuleIds.TimeoutTooShort, expected.Place, experiment.Name, longest.Text, expected.Text);

        if (type.Find("Experiments.GpuAttribute") is { } gpu)
        {
            Least(gpu, gpu.PositionalSyntax(0), "the number of GPUs", gpu.Argument(0, 0), "0 or more", gpu.Argument(0, 0) >= 0, problems);
            var memory = gpu.Named("MemoryGiB", 0.0);
            Least(gpu, gpu.NamedSyntax("MemoryGiB"), "the memory of a GPU", memory, "0 or more", memory >= 0, problems);
        }

        if (type.Find("Experiments.LaunchAttribute") is { } launch)
            CheckProcesses(launch, experiment, problems);
    }

    private static void CheckProcesses(AttributeData launch, ExperimentModel experiment, IProblemSink problems)
    {
        var processes = launch.Named("Processes", 0);
        var place = launch.NamedSyntax("Processes")?.GetLocation() ?? launch.Place();
        if (processes < 0)
        {
            problems.Report(RuleIds.ImpossibleValue, place, "the number of processes", "0 or more", processes);
            return;
        }

        // Without GPUs torchrun starts processes on the CPU; accelerate does only with a config file that says so.
        var isCpuWork = experiment.Gpus == 0 && (launch.ConstructorArguments.Length == 0 || Attributes.EnumMember(launch.ConstructorArguments[0]) != "Accelerate"
            || launch.Named<string?>("ConfigFile", null) is not null);
        if (processes > Math.Max(1, experiment.Gpus) && !isCpuWork && experiment.Gpus >= 0)
            problems.Report(RuleIds.TooManyProcesses, place, experiment.Name, experiment.Gpus, processes);
    }

    private static (TimeSpan Time, string Text, Location Place)? Read(INamedTypeSymbol type, string name, IProblemSink problems)
    {
        if (type.Find($"Experiments.{name}Attribute") is not { } attribute)
            return null;
        var text = attribute.Argument(0, "");
        var place = attribute.PositionalSyntax(0)?.GetLocation() ?? attribute.Place();
        if (Duration.TryParse(text, out var time) && time > TimeSpan.Zero)
            return (time, text, place);
        problems.Report(RuleIds.BadDuration, place, name, text);
        return null;
    }

    /// <summary>Reports a number that must be larger.</summary>
    public static void Least(AttributeData attribute, SyntaxNode? argument, string what, IConvertible value, string must, bool isGood, IProblemSink problems)
    {
        if (!isGood)
            problems.Report(RuleIds.ImpossibleValue, argument?.GetLocation() ?? attribute.Place(), what, must, value.ToString(CultureInfo.InvariantCulture));
    }
}
