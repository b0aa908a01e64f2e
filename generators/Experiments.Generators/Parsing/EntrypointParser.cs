using System.Text.RegularExpressions;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>Entrypoints: <c>-m pkg.module</c>, <c>train.py</c>, <c>pkg.module:function</c>, or any executable.</summary>
internal static class EntrypointParser
{
    private static readonly Regex _function = new(@"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*$", RegexOptions.CultureInvariant);

    public static EntrypointModel? Parse(INamedTypeSymbol type)
    {
        if (type.Find("Experiments.EntrypointAttribute") is not { } attribute)
            return null;
        var words = CommandWords.Split(attribute.Argument(0, ""));
        var first = words.FirstOrDefault() ?? "";
        var (kind, skip) = first == "-m" && words.Count > 1 ? ("Module", 1)
            : first.EndsWith(".py", StringComparison.OrdinalIgnoreCase) ? ("File", 0)
            : _function.IsMatch(first) ? ("Function", 0)
            : ("Executable", 0);
        return new EntrypointModel(kind, words.ElementAtOrDefault(skip) ?? "", words.Skip(skip + 1).ToEquatableArray())
        {
            Tool = attribute.Named<string?>("Tool", null),
            Commit = attribute.Named<string?>("Commit", null),
            Style = attribute.NamedEnum("Arguments", "Options"),
            OptionCase = attribute.NamedEnum("OptionCase", "Kebab"),
            Booleans = attribute.NamedEnum("Booleans", "Presence"),
        };
    }

    /// <summary>The launcher, with as many processes as GPUs where their number is not said.</summary>
    public static RankLaunchModel? Ranks(INamedTypeSymbol type)
    {
        if (type.Find("Experiments.LaunchAttribute") is not { } attribute)
            return null;
        var launcher = attribute.ConstructorArguments.Length > 0 ? Attributes.EnumMember(attribute.ConstructorArguments[0]) : null;
        var gpus = type.Find("Experiments.GpuAttribute")?.Argument(0, 0) ?? 0;
        var processes = attribute.Named("Processes", 0) is > 0 and var declared ? declared : Math.Max(1, gpus);
        return new RankLaunchModel(launcher ?? "Torchrun", processes, attribute.Named<string?>("MixedPrecision", null), attribute.Named<string?>("ConfigFile", null),
            CommandWords.Split(attribute.Named("Options", "")).ToEquatableArray());
    }
}
