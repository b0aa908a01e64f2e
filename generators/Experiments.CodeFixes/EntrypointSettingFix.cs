using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP4015, EXP4016, EXP4017: says in <c>[Entrypoint]</c> how the script reads arguments.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EntrypointSettingFix : ExperimentsFix<SyntaxNode>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.BooleanStyle, RuleIds.OptionCase, RuleIds.ArgumentStyle);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        var (name, type, value) = diagnostic.Id switch
        {
            RuleIds.BooleanStyle => ("Booleans", "BooleanStyle", Operand(diagnostic, "2")),
            RuleIds.OptionCase => ("OptionCase", "OptionCase", Operand(diagnostic, "3")),
            _ => ("Arguments", "ArgumentStyle", Operand(diagnostic, "3")),
        };
        // The property may be inside a nested record; the attribute is on the experiment.
        var attribute = node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().SelectMany(declaration => declaration.AttributeLists).SelectMany(list => list.Attributes)
            .FirstOrDefault(candidate => candidate.Name.ToString().Split('.').Last() is "Entrypoint" or "EntrypointAttribute");
        if (value.Length == 0 || attribute?.ArgumentList is not { } arguments)
            return null;
        var setting = SyntaxFactory.ParseExpression($"global::Experiments.{type}.{value}").WithShortNames();
        var title = $"Set `{name} = {type}.{value}`";
        if (arguments.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name) is { } given)
            return (title, given, given.WithExpression(setting.WithTriviaFrom(given.Expression)));
        var added = SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(name), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space)), null, setting);
        var separators = arguments.Arguments.GetSeparators().Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        return (title, arguments, arguments.WithArguments(SyntaxFactory.SeparatedList(arguments.Arguments.Append(added), separators)));
    }
}
