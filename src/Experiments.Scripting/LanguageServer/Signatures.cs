using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer;

/// <summary>
/// Generated code without its bodies. What an editor shows needs only what the members are called, take and return;
/// binding the bodies after every edit took most of the time from an edit to its diagnostics.
/// </summary>
internal sealed class Signatures
{
    private Dictionary<string, (SourceText Text, SyntaxTree Tree)> _known = [];

    /// <summary>The same declarations, that do nothing. The driver parses anew after every edit: what says the same is the same tree.</summary>
    public IReadOnlyList<SyntaxTree> Of(ImmutableArray<SyntaxTree> generated, CancellationToken cancel)
    {
        var known = _known;
        _known = generated.ToDictionary(tree => tree.FilePath, tree => known.TryGetValue(tree.FilePath, out var same) && same.Text.ContentEquals(tree.GetText(cancel)) ? same : (tree.GetText(cancel), Strip(tree, cancel)));
        return [.. generated.Select(tree => _known[tree.FilePath].Tree)];
    }

    private static SyntaxTree Strip(SyntaxTree tree, CancellationToken cancel) =>
        CSharpSyntaxTree.Create((CSharpSyntaxNode)new Rewriter().Visit(tree.GetRoot(cancel)), (CSharpParseOptions)tree.Options, tree.FilePath, System.Text.Encoding.UTF8);

    private sealed class Rewriter : CSharpSyntaxRewriter
    {
        private static readonly ExpressionSyntax Nothing = SyntaxFactory.ParseExpression("throw null!");
        private static readonly ExpressionSyntax Default = SyntaxFactory.ParseExpression(" default!");
        private static readonly BlockSyntax Empty = SyntaxFactory.Block(SyntaxFactory.ParseStatement("throw null!;"));

        /// <inheritdoc/>
        public override SyntaxNode? VisitBlock(BlockSyntax node) => Empty;

        /// <inheritdoc/>
        public override SyntaxNode? VisitArrowExpressionClause(ArrowExpressionClauseSyntax node) => node.WithExpression(Nothing);

        /// <inheritdoc/>
        public override SyntaxNode? VisitConstructorInitializer(ConstructorInitializerSyntax node) => node;

        /// <inheritdoc/>
        public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

        /// <inheritdoc/>
        public override SyntaxNode? VisitParameterList(ParameterListSyntax node) => node;

        /// <inheritdoc/>
        public override SyntaxNode? VisitEnumDeclaration(EnumDeclarationSyntax node) => node;

        /// <inheritdoc/>
        public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) =>
            node.Modifiers.Any(SyntaxKind.ConstKeyword) ? node : base.VisitFieldDeclaration(node);

        /// <inheritdoc/>
        public override SyntaxNode? VisitEqualsValueClause(EqualsValueClauseSyntax node) => node.WithValue(Default);
    }
}
