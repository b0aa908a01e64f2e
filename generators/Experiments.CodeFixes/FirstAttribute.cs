using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>Puts an attribute, written with its full name, in front of those that a declaration has, and behind its comments.</summary>
internal static class FirstAttribute
{
    public static MemberDeclarationSyntax WithFirstAttribute(this MemberDeclarationSyntax member, string attribute) =>
        member.WithoutLeadingTrivia().WithAttributeLists(member.WithoutLeadingTrivia().AttributeLists.Insert(0, Parse(attribute))).WithLeadingTrivia(member.GetLeadingTrivia());

    public static ParameterSyntax WithFirstAttribute(this ParameterSyntax parameter, string attribute) =>
        parameter.WithoutLeadingTrivia().WithAttributeLists(parameter.WithoutLeadingTrivia().AttributeLists.Insert(0, Parse(attribute))).WithLeadingTrivia(parameter.GetLeadingTrivia());

    // Parsed, because the parts of a made one would be laid out anew, on a line of their own.
    private static AttributeListSyntax Parse(string attribute) => SyntaxFactory.ParseMemberDeclaration($"[{attribute}] int x;")!.AttributeLists[0].WithShortNames();
}
