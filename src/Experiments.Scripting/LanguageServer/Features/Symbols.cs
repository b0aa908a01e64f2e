using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>What a script declares, as a tree.</summary>
internal static class Symbols
{
    public static JsonArray Of(Snapshot snapshot) => Of(snapshot.Sources.Main.Root.Members, snapshot.Sources.Main.Text);

    private static JsonArray Of(IEnumerable<MemberDeclarationSyntax> members, SourceText text) => new([.. members.SelectMany(m => Of(m, text))]);

    private static IEnumerable<JsonNode> Of(MemberDeclarationSyntax member, SourceText text) => member switch
    {
        BaseNamespaceDeclarationSyntax space => [Symbol(space.Name.ToString(), 3, space, space.Name.Span, Of(space.Members, text), text)],
        EnumDeclarationSyntax of => [Symbol(of.Identifier.ValueText, 10, of, of.Identifier.Span, new([.. of.Members.Select(m => (JsonNode)Symbol(m.Identifier.ValueText, 22, m, m.Identifier.Span, [], text))]), text)],
        InterfaceDeclarationSyntax of => [Symbol(of.Identifier.ValueText, 11, of, of.Identifier.Span, Of(of.Members, text), text)],
        TypeDeclarationSyntax of => [Symbol(of.Identifier.ValueText, 5, of, of.Identifier.Span, Of(of.Members, text), text)],
        DelegateDeclarationSyntax of => [Symbol(of.Identifier.ValueText, 12, of, of.Identifier.Span, [], text)],
        MethodDeclarationSyntax of => [Symbol(of.Identifier.ValueText, 12, of, of.Identifier.Span, [], text)],
        ConstructorDeclarationSyntax of => [Symbol(of.Identifier.ValueText, 9, of, of.Identifier.Span, [], text)],
        PropertyDeclarationSyntax of => [Symbol(of.Identifier.ValueText, 7, of, of.Identifier.Span, [], text)],
        FieldDeclarationSyntax of => of.Declaration.Variables.Select(v => (JsonNode)Symbol(v.Identifier.ValueText, 13, of, v.Identifier.Span, [], text)),
        GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax of } => [Symbol(of.Identifier.ValueText, 12, of, of.Identifier.Span, [], text)],
        _ => [],
    };

    private static JsonObject Symbol(string name, int kind, SyntaxNode node, TextSpan nameSpan, JsonArray children, SourceText text) => new()
    {
        // Names must not be empty, and half-written ones are.
        ["name"] = name.Length == 0 ? "?" : name,
        ["kind"] = kind,
        ["range"] = Protocol.Range(text, node.Span),
        ["selectionRange"] = Protocol.Range(text, nameSpan),
        ["children"] = children,
    };
}
