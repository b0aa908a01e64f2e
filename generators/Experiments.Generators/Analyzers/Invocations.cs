using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Experiments.Generators.Analyzers;

/// <summary>
/// Looks at calls of a type's methods by syntax first. To be shown operations, every method of the project would be bound for us; to look up the type when a
/// compilation starts, all its declarations would be merged, which takes hundreds of milliseconds after every keystroke.
/// </summary>
internal static class Invocations
{
    /// <param name="context">What registers analyzers' actions.</param>
    /// <param name="type">The type's full name, with <c>global::</c>.</param>
    /// <param name="methods">The names of its methods. Calls of others are never bound.</param>
    /// <param name="check">What is done with each call.</param>
    public static void RegisterInvocationAction(this AnalysisContext context, string type, string[] methods, Action<SyntaxNodeAnalysisContext, IInvocationOperation> check) =>
        context.RegisterSyntaxNodeAction(node =>
        {
            var called = ((InvocationExpressionSyntax)node.Node).Expression switch
            {
                MemberAccessExpressionSyntax access => access.Name,
                MemberBindingExpressionSyntax binding => binding.Name,
                _ => null,
            };
            if (called is not null && methods.Contains(called.Identifier.ValueText)
                && node.SemanticModel.GetOperation(node.Node, node.CancellationToken) is IInvocationOperation invocation
                && invocation.TargetMethod.ContainingType.FullName() == type)
                check(node, invocation);
        }, SyntaxKind.InvocationExpression);
}
