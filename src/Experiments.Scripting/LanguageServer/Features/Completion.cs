using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Recommendations;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>What may be typed at a place: members and names in reach, generated ones among them; keywords; properties in the holes of a run id.</summary>
internal static class Completion
{
    private const string AttributeSuffix = "Attribute";

    private static readonly string[] Keywords =
    [
        "await", "bool", "break", "case", "catch", "class", "const", "continue", "default", "do", "double", "else", "enum", "false", "finally", "float", "for", "foreach", "if", "in",
        "int", "interface", "internal", "is", "long", "namespace", "new", "null", "object", "out", "override", "partial", "private", "public", "readonly", "record", "ref", "required",
        "return", "sealed", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "using", "var", "void", "when", "where", "while", "with", "yield",
    ];

    public static async Task<JsonArray> AtAsync(Snapshot snapshot, FeatureProject project, int position, CancellationToken cancel)
    {
        if (InRunId(snapshot, position) is { } properties)
            return new([.. properties.Select(p => Item(p.Name, 10, p.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)))]);
        if (snapshot.At(position) is not var (part, place))
            return [];
        var document = project.Of(snapshot, part);
        var symbols = await Recommender.GetRecommendedSymbolsAtPositionAsync(document, place, cancellationToken: cancel).ConfigureAwait(false);
        var token = part.Tree.GetRoot(cancel).FindToken(Math.Max(0, place - 1));
        var inAttribute = token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Name.Span.Contains(token.SpanStart);
        var afterDot = token.IsKind(SyntaxKind.DotToken) || token.Parent is MemberAccessExpressionSyntax { } access && access.Name.Span.Contains(token.SpanStart);
        if (token.Parent?.FirstAncestorOrSelf<InitializerExpressionSyntax>() is { } initializer && Assigned(initializer, snapshot.Compilation.GetSemanticModel(part.Tree)) is { } settable)
            symbols = [.. symbols, .. settable];
        var items = new JsonArray();
        foreach (var group in symbols.Where(s => s.CanBeReferencedByName).GroupBy(s => s.Name))
        {
            var symbol = group.First();
            var name = inAttribute && symbol.Name.EndsWith(AttributeSuffix, StringComparison.Ordinal) && symbol.Name.Length > AttributeSuffix.Length
                ? symbol.Name[..^AttributeSuffix.Length]
                : symbol.Name;
            items.Add(Item(name, Kind(symbol), symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + (group.Count() > 1 ? $" (+{group.Count() - 1})" : "")));
        }

        if (!afterDot && !inAttribute)
        {
            foreach (var keyword in Keywords)
                items.Add(Item(keyword, 14, null));
        }

        return items;
    }

    /// <summary>What the braces behind <c>new X</c> and <c>x with</c> may set; <see langword="null"/>: these are others.</summary>
    private static IEnumerable<ISymbol>? Assigned(InitializerExpressionSyntax initializer, SemanticModel model) => initializer.Parent switch
    {
        BaseObjectCreationExpressionSyntax creation => Settable(model.GetTypeInfo(creation).Type),
        WithExpressionSyntax with => Settable(model.GetTypeInfo(with.Expression).Type),
        _ => null,
    };

    private static IEnumerable<ISymbol>? Settable(ITypeSymbol? type) =>
        type?.GetMembers().OfType<IPropertySymbol>().Where(p => p is { IsStatic: false, SetMethod: not null, DeclaredAccessibility: Accessibility.Public });

    /// <summary>The properties that a hole of a run id template may name; <see langword="null"/>: the place is in none.</summary>
    private static IEnumerable<IPropertySymbol>? InRunId(Snapshot snapshot, int position)
    {
        var root = snapshot.Sources.Main.Root;
        var token = root.FindToken(Math.Max(0, position - 1));
        if (!token.IsKind(SyntaxKind.StringLiteralToken) || token.Parent?.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { NameEquals.Name.Identifier.ValueText: "Id" } argument)
            return null;
        var before = snapshot.Text.ToString(new(token.SpanStart, position - token.SpanStart));
        if (before.LastIndexOf('{') <= before.LastIndexOf('}') || argument.FirstAncestorOrSelf<RecordDeclarationSyntax>() is not { } record)
            return null;
        return snapshot.Compilation.GetSymbolsWithName(record.Identifier.ValueText, SymbolFilter.Type).OfType<INamedTypeSymbol>().FirstOrDefault() is { } type
            ? Settable(type)?.Cast<IPropertySymbol>()
            : null;
    }

    private static JsonObject Item(string name, int kind, string? detail) => new() { ["label"] = name, ["kind"] = kind, ["detail"] = detail };

    /// <summary>The protocol's <c>CompletionItemKind</c>.</summary>
    private static int Kind(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => 2,
        IFieldSymbol { IsConst: true } => 21,
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => 20,
        IFieldSymbol => 5,
        ILocalSymbol or IParameterSymbol => 6,
        INamedTypeSymbol { TypeKind: TypeKind.Interface } => 8,
        INamedTypeSymbol { TypeKind: TypeKind.Enum } => 13,
        INamedTypeSymbol { TypeKind: TypeKind.Struct } => 22,
        INamedTypeSymbol => 7,
        INamespaceSymbol => 9,
        IPropertySymbol => 10,
        IEventSymbol => 23,
        ITypeParameterSymbol => 25,
        _ => 1,
    };
}
