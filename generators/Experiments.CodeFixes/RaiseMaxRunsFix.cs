using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP3007: says the number of runs on purpose.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RaiseMaxRunsFix : ExperimentsFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.TooManyRuns);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(TypeDeclarationSyntax node, Diagnostic diagnostic)
    {
        if (!int.TryParse(Operand(diagnostic, "1"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs)
            || node.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(IsSweep) is not { } sweep)
            return null;
        var limit = SyntaxFactory.ParseExpression(runs.ToString(CultureInfo.InvariantCulture));
        var given = sweep.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "MaxRuns");
        SyntaxNode mended = given is not null
            ? sweep.ReplaceNode(given.Expression, limit)
            : sweep.AddArgumentListArguments(SyntaxFactory.AttributeArgument(
                SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("MaxRuns").WithTrailingTrivia(SyntaxFactory.Space),
                    SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)), null, limit));
        return ($"Allow {runs.ToString("N0", CultureInfo.InvariantCulture)} runs", sweep, mended);
    }

    private static bool IsSweep(AttributeSyntax attribute) => attribute.Name.ToString().Split('.').Last() is "Sweep" or "SweepAttribute";
}
