using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1006: gives a sweep an axis for each required property of an enum or <c>bool</c> that it leaves unset. Values of other types only the user knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddRequiredAxisFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.RequiredPropertyUnset);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var cancellation = context.CancellationToken;
        var root = await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var diagnostic = context.Diagnostics[0];
        if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } sweep
            || model?.GetDeclaredSymbol(sweep, cancellation) is not { } type || SweepParser.ExperimentOf(type) is not { } experiment
            || !diagnostic.Properties.TryGetValue("1", out var unset) || unset is null)
            return;
        var names = unset.Split([", "], StringSplitOptions.None);
        var required = names.Select(name => experiment.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault()).OfType<IPropertySymbol>()
            .Where(p => p.Type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean }).ToList();
        if (required.Count != names.Length || sweep.OpenBraceToken.IsMissing || sweep.OpenBraceToken.Span.IsEmpty)
            return;

        var indent = sweep.GetLeadingTrivia().LastOrDefault(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).ToString() + "    ";
        var axes = required.Select(p => SyntaxFactory.ParseMemberDeclaration(
            $"{indent}[All] public {p.Type.ToMinimalDisplayString(model, sweep.OpenBraceToken.SpanStart)} {Symbols.Escape(p.Name)} {{ get; init; }}\n")!);
        var mended = sweep.WithMembers(sweep.Members.InsertRange(0, axes));
        context.RegisterCodeFix(CodeAction.Create($"Add {string.Join(" and ", required.Select(p => $"`[All] {p.Name}`"))}",
            _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(sweep, mended))), "add required axis"), diagnostic);
    }
}
