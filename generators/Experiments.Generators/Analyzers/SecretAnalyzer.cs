using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Experiments.Generators.Analyzers;

/// <summary>Follows what <c>Secret.Reveal()</c> returns, through locals of its method, and refuses texts and places that others read; and secrets that are in the source themselves.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(SecretRules.Written, SecretRules.InSource);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterInvocationAction("global::Experiments.Secret", ["Reveal", "FromEnvironment", "FromFile"], Check);
    }

    private static void Check(SyntaxNodeAnalysisContext context, IInvocationOperation invocation)
    {
        var problems = new Problems(context.ReportDiagnostic);
        if (invocation.Arguments.Length == 1 && invocation.Arguments[0].Value is { ConstantValue: { HasValue: true, Value: string text } } value && SecretNames.IsValue(text, invocation.TargetMethod.Name == "FromEnvironment"))
            problems.Report(RuleIds.SecretInSource, value.Syntax.GetLocation(), invocation.TargetMethod.Name);
        if (invocation.TargetMethod.Name != "Reveal")
            return;
        foreach (var use in Uses(invocation))
        {
            if (SecretSinks.Of(use) is { } sink)
                problems.Report(RuleIds.SecretWritten, use.Syntax.GetLocation(), sink);
        }
    }

    /// <summary>The value, and wherever a local that holds it is read.</summary>
    private static IEnumerable<IOperation> Uses(IOperation value)
    {
        var open = new Queue<IOperation>([value]);
        var locals = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        while (open.Count > 0)
        {
            var use = open.Dequeue();
            yield return use;
            if (HolderOf(use) is not { } local || !locals.Add(local))
                continue;
            foreach (var reference in Root(use).Descendants().OfType<ILocalReferenceOperation>())
            {
                if (SymbolEqualityComparer.Default.Equals(reference.Local, local) && !(reference.Parent is IAssignmentOperation assignment && assignment.Target == reference))
                    open.Enqueue(reference);
            }
        }
    }

    /// <summary>The local that a value is put into.</summary>
    private static ILocalSymbol? HolderOf(IOperation value)
    {
        var parent = value.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or ICoalesceOperation or IConditionalOperation)
            parent = parent.Parent;
        return parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } => target.Local,
            _ => null,
        };
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }
}
