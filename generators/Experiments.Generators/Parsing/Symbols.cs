using Experiments.Core;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Parsing;

/// <summary>What generated code needs to know of types, and their names outside C#.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat _namespaceFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    private static readonly SymbolDisplayFormat _fullFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A type's name from <c>global::</c> on, without a <c>?</c> of its own; those of type arguments are part of it.</summary>
    public static string FullName(this ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(_fullFormat);

    /// <summary>A name as an identifier: keywords get an <c>@</c>.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) is SyntaxKind.FieldKeyword or SyntaxKind.RecordKeyword or SyntaxKind.AwaitKeyword or SyntaxKind.RequiredKeyword or SyntaxKind.ScopedKeyword or SyntaxKind.FileKeyword
            ? "@" + name
            : name;

    /// <summary>The name of a property or enum member outside C#.</summary>
    public static string Key(ISymbol symbol)
    {
        var attribute = symbol.Find(symbol is IFieldSymbol
            ? "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute"
            : "System.Text.Json.Serialization.JsonPropertyNameAttribute");
        return attribute?.Argument<string?>(0, null) ?? SnakeCase.Of(symbol.Name);
    }

    /// <summary>The former names of a property or enum member outside C#, oldest first.</summary>
    public static IEnumerable<string> FormerKeys(ISymbol symbol) => symbol.FindAll(Attributes.FormerName).Select(a => a.Argument(0, "")).Where(name => name.Length > 0);

    /// <summary>Where a symbol is declared in the user's source.</summary>
    public static Location Place(this ISymbol symbol) => symbol.Locations.FirstOrDefault(l => l.IsInSource && !IsGenerated(l)) ?? Location.None;

    /// <summary>Whether a member comes from generated code, which analyzers see and the generator does not.</summary>
    public static bool IsGenerated(this ISymbol symbol) =>
        symbol.Locations.Length > 0 && symbol.Locations.All(IsGenerated);

    private static bool IsGenerated(Location location) => location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    public static TypeModel Model(INamedTypeSymbol type)
    {
        var containers = new List<string>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            containers.Insert(0, $"partial {Keyword(outer)} {Escape(outer.Name)}");
        return new TypeModel(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(_namespaceFormat),
            containers.ToEquatableArray(), Keyword(type), Escape(type.Name), type.FullName(), Accessibility(type));
    }

    /// <summary>A type and those it inherits from, itself first.</summary>
    public static IEnumerable<ITypeSymbol> AndBases(this ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
            yield return current;
    }

    /// <summary>The property of a name, the nearest one.</summary>
    public static IPropertySymbol? Property(this ITypeSymbol type, string name) => type.AndBases().SelectMany(t => t.GetMembers(name)).OfType<IPropertySymbol>().FirstOrDefault();

    /// <summary>The properties that a user's record has: inherited ones first, unless it declares them again.</summary>
    public static IEnumerable<IPropertySymbol> Properties(this INamedTypeSymbol type)
    {
        var own = type.GetMembers().OfType<IPropertySymbol>().Where(p => !p.IsGenerated()).ToList();
        var inherited = type.BaseType is { SpecialType: not SpecialType.System_Object } parent ? parent.Properties() : [];
        return inherited.Where(p => own.All(o => o.Name != p.Name)).Concat(own);
    }

    /// <summary>Whether every declaration of a type says <c>partial</c>.</summary>
    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.All(r => r.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Checks that generated code can reopen a type; says why not.</summary>
    public static bool IsExtensible(INamedTypeSymbol type, IProblemSink? sink, CancellationToken cancellation)
    {
        var isRecord = type is { IsRecord: true, IsValueType: false };
        if (isRecord && !IsPartial(type, cancellation))
        {
            sink?.Report(RuleIds.NotPartial, type.Place(), type.Name);
            return false;
        }

        var problem = !isRecord ? "a `partial record`"
            : type.IsGenericType ? "a record without type parameters"
            : type.IsAbstract ? "a record that is not abstract"
            : type.IsFileLocal ? "visible to other files of the project"
            : null;
        for (var outer = type.ContainingType; outer is not null && problem is null; outer = outer.ContainingType)
        {
            problem = outer.IsGenericType ? $"nested in a type without type parameters, unlike `{outer.Name}`"
                : outer.IsFileLocal ? "visible to other files of the project"
                : !IsPartial(outer, cancellation) ? $"nested only in `partial` types, unlike `{outer.Name}`"
                : null;
        }

        if (problem is not null)
            sink?.Report(RuleIds.UnsuitableType, type.Place(), type.Name, problem);
        return problem is null;
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    private static string Accessibility(INamedTypeSymbol type)
    {
        var result = "public";
        for (var current = type; current is not null; current = current.ContainingType)
        {
            switch (current.DeclaredAccessibility)
            {
                case Microsoft.CodeAnalysis.Accessibility.Public:
                    break;
                case Microsoft.CodeAnalysis.Accessibility.Internal or Microsoft.CodeAnalysis.Accessibility.ProtectedOrInternal:
                    result = "internal";
                    break;
                default:
                    return "";
            }
        }

        return result;
    }
}
