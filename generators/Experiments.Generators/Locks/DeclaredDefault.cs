using System.Globalization;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Locks;

/// <summary>Reads defaults off declarations: literals, enum members, lists and records of those. What else an initializer computes only the program knows.</summary>
internal static class DeclaredDefault
{
    /// <summary>The default of a value; <see langword="null"/> when it can't be read off.</summary>
    /// <param name="type">The record that holds the first property of the path.</param>
    /// <param name="path">The properties on the way, the value last.</param>
    /// <param name="cancellation">Stops.</param>
    public static JsonNode? Of(INamedTypeSymbol type, IReadOnlyList<PropertyModel> path, CancellationToken cancellation) => Of(type, path, 0, cancellation);

    /// <summary>The expression a property begins with.</summary>
    public static ExpressionSyntax? Initializer(IPropertySymbol property, CancellationToken cancellation) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            PropertyDeclarationSyntax declaration => declaration.Initializer?.Value,
            ParameterSyntax parameter => parameter.Default?.Value,
            _ => null,
        };

    private static JsonNode? Of(ITypeSymbol type, IReadOnlyList<PropertyModel> path, int index, CancellationToken cancellation)
    {
        if (type.Property(path[index].Name) is not { } property || property.DeclaringSyntaxReferences.Length == 0)
            return null;
        var initializer = Initializer(property, cancellation);
        return index == path.Count - 1 ? Value(initializer, path[index].Value) : Inside(initializer, property.Type, path, index, cancellation);
    }

    /// <summary>The default of a value within a record that an expression makes.</summary>
    private static JsonNode? Inside(ExpressionSyntax? record, ITypeSymbol type, IReadOnlyList<PropertyModel> path, int index, CancellationToken cancellation)
    {
        switch (record)
        {
            case null when path[index].IsMandatory:
                return Of(type, path, index + 1, cancellation);
            case BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation:
                var assigned = creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>()
                    .FirstOrDefault(a => a.Left is IdentifierNameSyntax name && name.Identifier.ValueText == path[index + 1].Name)?.Right;
                if (assigned is null)
                    return Of(type, path, index + 1, cancellation);
                return index + 1 == path.Count - 1 ? Value(assigned, path[index + 1].Value)
                    : type.Property(path[index + 1].Name) is { } inner ? Inside(assigned, inner.Type, path, index + 1, cancellation)
                    : null;
            default:
                return null;
        }
    }

    private static JsonNode? Value(ExpressionSyntax? expression, ValueModel value)
    {
        switch (expression)
        {
            case null:
                return Nothing(value);
            case ParenthesizedExpressionSyntax parenthesized:
                return Value(parenthesized.Expression, value);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Value(suppressed.Operand, value);
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression }:
                return JsonNode.Null;
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression }:
                return Nothing(value);
            case LiteralExpressionSyntax literal:
                return Scalar(literal.Token.Value, value);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax literal }:
                return Scalar(Negated(literal.Token.Value), value);
            case CollectionExpressionSyntax list when value.Kind == ValueKind.List:
                var items = list.Elements.Select(e => e is ExpressionElementSyntax item ? Value(item.Expression, value.Element!) : null).ToList();
                return items.Contains(null) ? null : JsonNode.Of(items!);
            case MemberAccessExpressionSyntax member when value.Kind == ValueKind.Enum:
                return Member(member, value.Enum!) is { } known ? JsonNode.Of(known.IdentityName) : null;
            case var duration when value.Kind == ValueKind.TimeSpan:
                return Duration(duration) is { } time ? Time(time) : null;
            default:
                return null;
        }
    }

    /// <summary>The member that <c>Size.Teacher</c> is: the first with its number, which is the one that is written.</summary>
    public static EnumMemberModel? Member(MemberAccessExpressionSyntax access, EnumModel type)
    {
        var name = access.ToString();
        var named = type.Members.FirstOrDefault(m => m.Code == name || m.Code.EndsWith("." + name, StringComparison.Ordinal) || m.Code.EndsWith("::" + name, StringComparison.Ordinal));
        return named is null ? null : type.Members.First(m => m.Value == named.Value);
    }

    /// <summary>The duration of <c>TimeSpan.Zero</c> or <c>TimeSpan.FromHours(2)</c>.</summary>
    public static TimeSpan? Duration(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Zero" } zero when IsTimeSpan(zero) => TimeSpan.Zero,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax from, ArgumentList.Arguments: { Count: 1 } arguments }
            when IsTimeSpan(from) && arguments[0].Expression is LiteralExpressionSyntax { Token.Value: int or double } amount =>
            Duration(from.Name.Identifier.ValueText, Convert.ToDouble(amount.Token.Value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static bool IsTimeSpan(MemberAccessExpressionSyntax access) => access.Expression.ToString() is "TimeSpan" or "System.TimeSpan" or "global::System.TimeSpan";

    private static JsonNode? Nothing(ValueModel value) => value switch
    {
        { IsNullable: true } => JsonNode.Null,
        { Kind: ValueKind.Boolean } => JsonNode.Of(false),
        { IsNumber: true } => JsonNode.Of(0, "0"),
        { Kind: ValueKind.TimeSpan } => Time(TimeSpan.Zero),
        { Kind: ValueKind.Enum } => value.Enum!.Members.FirstOrDefault(m => m.Value == 0) is { } zero ? JsonNode.Of(zero.IdentityName) : null,
        { Kind: ValueKind.List, List: ListKind.ImmutableArray } => JsonNode.Of([]),
        _ => JsonNode.Null,
    };

    private static JsonNode? Scalar(object? constant, ValueModel value)
    {
        if (constant is null || value.Kind is ValueKind.TimeSpan || Constants.Convert(constant, value) is not { } converted)
            return null;
        return value.Kind switch
        {
            ValueKind.Boolean => JsonNode.Of(converted.Text == "true"),
            ValueKind.String => JsonNode.Of(converted.Text),
            _ when double.TryParse(converted.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonNode.Of(number, converted.Text),
            _ => null,
        };
    }

    private static object? Negated(object? constant) => constant switch
    {
        int whole => -whole,
        long large => -large,
        uint positive => -(long)positive,
        double real => -real,
        float single => -single,
        decimal exact => -exact,
        _ => null,
    };

    private static TimeSpan? Duration(string unit, double amount)
    {
        var ticks = amount * unit switch
        {
            "FromDays" => TimeSpan.TicksPerDay,
            "FromHours" => TimeSpan.TicksPerHour,
            "FromMinutes" => TimeSpan.TicksPerMinute,
            "FromSeconds" => TimeSpan.TicksPerSecond,
            "FromMilliseconds" => TimeSpan.TicksPerMillisecond,
            _ => double.NaN,
        };
        return Math.Abs(ticks) < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : null;
    }

    private static JsonNode Time(TimeSpan value) => JsonNode.Of(value.ToString("c", CultureInfo.InvariantCulture));
}
