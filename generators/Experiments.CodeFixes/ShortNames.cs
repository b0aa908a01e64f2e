using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Experiments.CodeFixes;

/// <summary>Code that is written with full names, to be shortened as far as the file's usings allow.</summary>
internal static class ShortNames
{
    public static T WithShortNames<T>(this T node)
        where T : SyntaxNode =>
        node.ReplaceNodes(node.DescendantNodesAndSelf().Where(n => n is MemberAccessExpressionSyntax or QualifiedNameSyntax),
            static (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
}
