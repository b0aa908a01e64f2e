using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Outlines;

/// <summary>One declaration of a type in one file, as far as declarations elsewhere can see it.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Content">All of a record's text, as sweeps and help texts are made of expressions and comments too; of other types everything but bodies and comments.</param>
/// <param name="Mentions">Every identifier outside of bodies, and in the file's <c>using</c>s: a declaration reaches no other type than by a name.</param>
internal sealed record TypeOutline(string Name, Fingerprint Content, EquatableArray<string> Mentions)
{
    /// <param name="type">A type that is nested in no other.</param>
    /// <param name="surroundings">What the file says before its types.</param>
    /// <param name="mentions">What the <c>using</c>s around it mention.</param>
    /// <param name="isExact">Whether all of the text counts.</param>
    public static TypeOutline Of(MemberDeclarationSyntax type, string name, Fingerprint surroundings, IEnumerable<string> mentions, bool isExact)
    {
        var content = surroundings;
        var names = new HashSet<string>(mentions, StringComparer.Ordinal);
        isExact |= HasRecord(type);
        if (isExact)
            content.Add(type.ToFullString());
        foreach (var token in type.DescendantTokens(IsOutside))
        {
            if (!isExact)
                content.Add(token.Text);
            Mention(token, names);
        }

        return new TypeOutline(name, content, names.ToEquatableArray());
    }

    /// <summary>Notes the name that a token is.</summary>
    public static void Mention(SyntaxToken token, ISet<string> names)
    {
        if (!token.IsKind(SyntaxKind.IdentifierToken))
            return;
        names.Add(token.ValueText);
        if (token.Parent is SimpleNameSyntax { Parent: AttributeSyntax or NameSyntax { Parent: AttributeSyntax } })
            names.Add(token.ValueText + "Attribute");
    }

    /// <summary>Whether tokens below a node can be seen from elsewhere.</summary>
    public static bool IsOutside(SyntaxNode node) => node is not (BlockSyntax or ArrowExpressionClauseSyntax);

    private static bool HasRecord(MemberDeclarationSyntax type) =>
        type is RecordDeclarationSyntax || (type is TypeDeclarationSyntax container && container.Members.Any(HasRecord));
}
