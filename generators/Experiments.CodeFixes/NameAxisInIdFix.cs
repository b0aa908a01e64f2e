using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP2002: writes the axis, or a hash, into the id of the experiment, which may be in another file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NameAxisInIdFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.RunsCollide);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var cancellation = context.CancellationToken;
        var diagnostic = context.Diagnostics[0];
        var root = await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } axis
            || model?.GetDeclaredSymbol(axis, cancellation) is not { } property
            || SweepParser.ExperimentOf(property.ContainingType) is not { } experiment
            || experiment.Find(Attributes.Experiment)?.ApplicationSyntaxReference is not { } reference
            || await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is not AttributeSyntax attribute
            || context.Document.Project.Solution.GetDocument(attribute.SyntaxTree) is not { } document
            || TemplateOf(attribute) is not { } template)
            return;

        var path = property.Find("Experiments.AxisAttribute")?.Argument<string?>(0, null) ?? property.Name;
        // A format that writes two values alike is not mended by naming the axis twice.
        if (template.IndexOf("{" + path, StringComparison.Ordinal) < 0)
            Register($"{template}_{Initial(path)}{{{path}}}", $"Add `{{{path}}}` to the id");
        if (template.IndexOf("{hash", StringComparison.Ordinal) < 0 && template.IndexOf("{" + path, StringComparison.Ordinal) < 0)
            Register($"{template}_{{hash:8}}", "Add `{hash:8}` to the id");

        void Register(string id, string title) => context.RegisterCodeFix(CodeAction.Create(title, async token =>
        {
            var tree = (await document.GetSyntaxRootAsync(token).ConfigureAwait(false))!;
            return document.WithSyntaxRoot(tree.ReplaceNode(attribute, WithTemplate(attribute, id)));
        }, title), diagnostic);
    }

    /// <summary>The template as written; <see langword="null"/> when it is no plain literal.</summary>
    private static string? TemplateOf(AttributeSyntax attribute) =>
        IdOf(attribute)?.Expression is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal ? literal.Token.ValueText : null;

    private static AttributeArgumentSyntax? IdOf(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Id");

    private static AttributeSyntax WithTemplate(AttributeSyntax attribute, string template)
    {
        var text = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(template));
        return attribute.ReplaceNode(IdOf(attribute)!.Expression, text);
    }

    /// <summary>The first letter of the property, as people abbreviate: <c>s</c> for <c>Seed</c>.</summary>
    private static string Initial(string path) => char.ToLowerInvariant(path[path.LastIndexOf('.') + 1]).ToString();
}
