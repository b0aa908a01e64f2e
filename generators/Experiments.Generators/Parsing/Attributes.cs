using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Parsing;

/// <summary>Reading attributes.</summary>
internal static class Attributes
{
    public const string Experiment = "Experiments.ExperimentAttribute";
    public const string Sweep = "Experiments.SweepAttribute";
    public const string FormerName = "Experiments.FormerNameAttribute";

    private const string Suffix = "Attribute";

    /// <summary>The attribute of a full type name, if the symbol has it.</summary>
    public static AttributeData? Find(this ISymbol symbol, string fullName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Is(attribute, fullName))
                return attribute;
        }

        return null;
    }

    /// <summary>The attributes of a full type name, in the order they are written.</summary>
    public static IEnumerable<AttributeData> FindAll(this ISymbol symbol, string fullName) => symbol.GetAttributes().Where(attribute => Is(attribute, fullName));

    // The short name first: writing out a full name for every attribute of every property is what parsing would spend its time on.
    private static bool Is(AttributeData attribute, string fullName) =>
        attribute.AttributeClass is { } type && fullName.EndsWith(type.Name, StringComparison.Ordinal) && type.ToDisplayString() == fullName;

    /// <summary>The name of an attribute's type as people write it: <c>Values</c>.</summary>
    public static string ShortName(string typeName) => typeName.EndsWith(Suffix, StringComparison.Ordinal) ? typeName.Substring(0, typeName.Length - Suffix.Length) : typeName;

    /// <inheritdoc cref="ShortName(string)"/>
    public static string ShortName(this AttributeData attribute) => ShortName(attribute.AttributeClass!.Name);

    /// <summary>A positional argument; the fallback where it is missing or of another type.</summary>
    public static T Argument<T>(this AttributeData attribute, int index, T fallback) =>
        index < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array, Value: T value } ? value : fallback;

    /// <summary>A named argument; the fallback where it is not given.</summary>
    public static T Named<T>(this AttributeData attribute, string name, T fallback)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: not TypedConstantKind.Array, Value: T value })
                return value;
        }

        return fallback;
    }

    /// <summary>A named argument that is an enum: the member's name.</summary>
    public static string NamedEnum(this AttributeData attribute, string name, string fallback)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
                return EnumMember(argument.Value) ?? fallback;
        }

        return fallback;
    }

    /// <summary>The member an enum constant names.</summary>
    public static string? EnumMember(TypedConstant constant) =>
        constant is { Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type }
            ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, constant.Value))?.Name
            : null;

    /// <summary>The strings of a named array argument.</summary>
    public static IEnumerable<string> NamedStrings(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false })
                return argument.Value.Values.Select(v => v.Value).OfType<string>();
        }

        return [];
    }

    /// <summary>Where an attribute stands.</summary>
    public static Location Place(this AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : Location.None;

    /// <summary>The expression of a positional argument.</summary>
    public static ExpressionSyntax? PositionalSyntax(this AttributeData attribute, int index) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            .Where(a => a.NameEquals is null).ElementAtOrDefault(index)?.Expression;

    /// <summary>The expression of a named argument.</summary>
    public static ExpressionSyntax? NamedSyntax(this AttributeData attribute, string name) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name)?.Expression;
}
