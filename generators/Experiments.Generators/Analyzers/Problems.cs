using System.Collections.Immutable;
using System.Globalization;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Analyzers;

/// <summary>Turns what parsing finds into diagnostics. Code fixes read the operands from the properties, by position: <c>"0"</c>, <c>"1"</c>, ….</summary>
internal sealed class Problems(Action<Diagnostic> report) : IProblemSink
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> _rules = Rules.All.ToImmutableDictionary(rule => rule.Id);

    /// <summary>Whether an error was reported.</summary>
    public bool HasErrors { get; private set; }

    public void Report(string ruleId, Location location, params object[] args) => Report(ruleId, location, [], args);

    /// <summary>Reports what has a second place.</summary>
    public void Report(string ruleId, Location location, IEnumerable<Location> others, object[] args)
    {
        var rule = _rules[ruleId];
        HasErrors |= rule.DefaultSeverity == DiagnosticSeverity.Error;
        var operands = ImmutableDictionary.CreateBuilder<string, string?>();
        for (var i = 0; i < args.Length; i++)
            operands.Add(i.ToString(CultureInfo.InvariantCulture), System.Convert.ToString(args[i], CultureInfo.InvariantCulture));
        report(Diagnostic.Create(rule, location, others, operands.ToImmutable(), [.. Words(ruleId, args).Select(Invariant)]));
    }

    /// <summary>The operands as the message shows them.</summary>
    private static object[] Words(string ruleId, object[] args) => ruleId switch
    {
        RuleIds.UnknownTemplateName or RuleIds.AxisNotOnExperiment or RuleIds.UnknownInput =>
            [args[0], args[1], args[2] is "" ? "" : $"; did you mean `{args[2]}`?"],
        RuleIds.InvalidExperimentName => [SymbolDisplay.FormatLiteral((string)args[0], quote: false), args[1] is "" ? "" : $": {args[1]}"],
        RuleIds.UnknownOption or RuleIds.EntrypointMissing => [args[0], args[1], args[2] is "" ? "" : $"; did you mean `{args[2]}`?"],
        RuleIds.UnknownTool => [args[0], args[1] is "" ? "" : $"; did you mean `{args[1]}`?"],
        RuleIds.RequiredPropertyUnset => [args[0], string.Join(", ", ((string)args[1]).Split([", "], StringSplitOptions.None).Select(name => $"`{name}`")), args[2]],
        RuleIds.SharedRuns => [args[0], args[1], args[2] is 1 ? "a run" : $"{Number(args[2])} runs", args[3]],
        RuleIds.NoRuns => [args[0], Number(args[1])],
        RuleIds.TooManyRuns => [args[0], Number(args[1]), Number(args[2])],
        RuleIds.RunsCollide => [args[0], args[1] is long ? Number(args[1]) : args[1], args[2] is 1L ? "one id" : $"{Number(args[2])} ids"],
        _ => args,
    };

    // The compiler would write numbers in the language of whoever reads the message.
    private static object Invariant(object word) => word is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : word;

    private static string Number(object value) => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture);
}
