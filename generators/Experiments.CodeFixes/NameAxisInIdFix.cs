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
    public override FixAllProvider GetFixAllProvider() => AllIntoTheirIds.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await FindAsync(context.Document, context.Diagnostics[0], context.CancellationToken).ConfigureAwait(false) is not { } axis)
            return;
        foreach (var (key, title) in new[] { (AxisKey, $"Add `{{{axis.Path}}}` to the id"), (HashKey, "Add `{hash:8}` to the id") })
        {
            if (Addition(axis, key) is { } addition)
            {
                context.RegisterCodeFix(CodeAction.Create(title, async token =>
                {
                    var tree = (await axis.Document.GetSyntaxRootAsync(token).ConfigureAwait(false))!;
                    return axis.Document.WithSyntaxRoot(tree.ReplaceNode(axis.Experiment, WithTemplate(axis.Experiment, TemplateOf(axis.Experiment) + addition)));
                }, key), context.Diagnostics[0]);
            }
        }
    }

    private const string AxisKey = "axis";
    private const string HashKey = "hash";

    /// <summary>An axis outside of the id.</summary>
    /// <param name="Document">Where its experiment is declared.</param>
    /// <param name="Experiment">The attribute with the id.</param>
    /// <param name="Path">The property of the experiment.</param>
    /// <param name="IsText">Whether an id can name it.</param>
    private sealed record Axis(Document Document, AttributeSyntax Experiment, string Path, bool IsText);

    private static async Task<Axis?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } axis
            || model?.GetDeclaredSymbol(axis, cancellation) is not { } property
            || SweepParser.ExperimentOf(property.ContainingType) is not { } experiment
            || experiment.Find(Attributes.Experiment)?.ApplicationSyntaxReference is not { } reference
            || await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is not AttributeSyntax attribute
            || document.Project.Solution.GetDocument(attribute.SyntaxTree) is not { } declaring
            || TemplateOf(attribute) is null)
            return null;
        return new Axis(declaring, attribute, property.Find("Experiments.AxisAttribute")?.Argument<string?>(0, null) ?? property.Name, property.Type is not { IsRecord: true });
    }

    /// <summary>What the id lacks; <see langword="null"/> where that would not help: a format that writes two values alike is not mended by naming the axis twice.</summary>
    private static string? Addition(Axis axis, string key)
    {
        var template = TemplateOf(axis.Experiment)!;
        return HasHole(template, axis.Path) ? null
            : key == AxisKey ? (axis.IsText ? $"_{Initial(axis.Path)}{{{axis.Path}}}" : null)
            : HasHole(template, "hash") ? null
            : "_{hash:8}";
    }

    private static bool HasHole(string template, string name) => new[] { "}", ":", "?" }.Any(end => template.IndexOf("{" + name + end, StringComparison.Ordinal) >= 0);

    /// <summary>Mends all axes of an experiment in one edit of its id.</summary>
    private sealed class AllIntoTheirIds : FixAllProvider
    {
        public static AllIntoTheirIds Instance { get; } = new();

        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

        public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(
            CodeAction.Create("Add all axes to their ids", token => MendAsync(context.WithCancellationToken(token)), context.CodeActionEquivalenceKey));

        private static async Task<Solution> MendAsync(FixAllContext context)
        {
            var solution = context.Solution;
            var additions = new List<(Axis Axis, string Text)>();
            foreach (var id in context.Scope == FixAllScope.Solution ? solution.ProjectIds : [context.Project.Id])
            {
                var project = solution.GetProject(id)!;
                var diagnostics = context.Scope == FixAllScope.Document && context.Document is { } only
                    ? await context.GetDocumentDiagnosticsAsync(only).ConfigureAwait(false)
                    : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                foreach (var diagnostic in diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start))
                {
                    if (solution.GetDocument(diagnostic.Location.SourceTree) is { } document
                        && await FindAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } axis
                        && Addition(axis, context.CodeActionEquivalenceKey!) is { } text)
                        additions.Add((axis, text));
                }
            }

            foreach (var document in additions.GroupBy(addition => addition.Axis.Document.Id))
            {
                var texts = document.ToLookup(addition => addition.Axis.Experiment, addition => addition.Text);
                var root = (await solution.GetDocument(document.Key)!.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
                solution = solution.WithDocumentSyntaxRoot(document.Key, root.ReplaceNodes(texts.Select(experiment => experiment.Key),
                    (experiment, _) => WithTemplate(experiment, TemplateOf(experiment) + string.Concat(texts[experiment].Distinct()))));
            }

            return solution;
        }
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
