using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>Where parsing says what is wrong. Analyzers pass one; the generator passes none and emits what it can.</summary>
internal interface IProblemSink
{
    /// <param name="ruleId">A constant of <see cref="RuleIds"/>.</param>
    /// <param name="location">The place in the user's source.</param>
    /// <param name="args">Operands of the rule's message, in the order that <see cref="RuleIds"/> gives.</param>
    void Report(string ruleId, Location location, params object[] args);
}
