using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.Sources;

/// <summary>
/// <c>using var x = …;</c> and <c>await using var x = …;</c> at the top level, which the language allows in programs but not in scripts. Here they are
/// variables like others, and the host disposes of them when the script ends.
/// </summary>
internal static class UsingVariables
{
    /// <summary>Finds them.</summary>
    /// <returns>The text with the keywords blanked, and the variables' names in the order declared.</returns>
    public static (SourceText Text, ImmutableArray<string> Names) Lift(SourceText text)
    {
        var original = text.ToString();
        if (!original.Contains("using", StringComparison.Ordinal))
            return (text, []);
        // Read as a program, where the grammar knows them.
        var program = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, Grammar.Regular).GetRoot();
        var declarations = program.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement).OfType<LocalDeclarationStatementSyntax>()
            .Where(d => d.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)).ToList();
        if (declarations.Count == 0)
            return (text, []);
        var lifted = new StringBuilder(original);
        foreach (var keyword in declarations.SelectMany(d => new[] { d.AwaitKeyword, d.UsingKeyword }))
        {
            for (var i = keyword.SpanStart; i < keyword.Span.End; i++)
                lifted[i] = ' ';
        }

        return (SourceText.From(lifted.ToString(), text.Encoding ?? Encoding.UTF8, SourceHashAlgorithm.Sha256),
            [.. declarations.SelectMany(d => d.Declaration.Variables).Select(v => v.Identifier.ValueText)]);
    }
}
