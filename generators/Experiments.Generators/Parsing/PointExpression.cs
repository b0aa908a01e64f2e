using System.Globalization;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Parsing;

/// <summary>
/// Evaluates a simple expression over the axes of a sweep, such as <c>!(Size == Size.Teacher &amp;&amp; Distilled)</c>, as the program will: so that the
/// compiler can count what <c>Include</c> leaves out. What is not plainly an operator, a constant or an axis is not known; nor is what overflows, or has
/// another type than <c>bool</c>, <c>int</c>, <c>long</c>, <c>double</c>, <c>string</c> or an enum.
/// </summary>
/// <param name="expression">The expression.</param>
/// <param name="axes">The axes whose properties give back what was set.</param>
internal sealed class PointExpression(ExpressionSyntax expression, IReadOnlyList<AxisModel> axes)
{
    private static readonly object _unknown = new();
    private static readonly IReadOnlyDictionary<string, ConstantModel> _nowhere = new Dictionary<string, ConstantModel>();

    private IReadOnlyDictionary<string, ConstantModel> _point = _nowhere;

    /// <summary>The expression of a sweep's property that has only a getter.</summary>
    public static PointExpression? Of(INamedTypeSymbol sweep, string name, IReadOnlyList<AxisModel> axes, CancellationToken cancellation)
    {
        if (SweepParser.Computed(sweep, name) is not { } property || property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not PropertyDeclarationSyntax declaration)
            return null;
        var accessors = declaration.AccessorList?.Accessors ?? default;
        var getter = accessors.Count == 1 ? accessors[0] : null;
        var statements = getter?.Body?.Statements ?? default;
        var expression = declaration.ExpressionBody?.Expression ?? getter?.ExpressionBody?.Expression
            ?? (statements.Count == 1 ? (statements[0] as ReturnStatementSyntax)?.Expression : null);
        return expression is null ? null : new PointExpression(expression, axes.Where(IsPlain).ToList());

        // The very property that the expression means, and one that keeps what it is given.
        bool IsPlain(AxisModel axis) => sweep.Property(axis.Name) is { DeclaringSyntaxReferences.Length: > 0 } own
            && SymbolEqualityComparer.Default.Equals(own, property.ContainingType.Property(axis.Name))
            && own.DeclaringSyntaxReferences.All(reference => reference.GetSyntax(cancellation) is ParameterSyntax
                || (reference.GetSyntax(cancellation) is PropertyDeclarationSyntax { AccessorList.Accessors: var own } auto
                    && !auto.Modifiers.Any(SyntaxKind.PartialKeyword) && own.All(accessor => accessor is { Body: null, ExpressionBody: null })));
    }

    /// <summary>The value at a point, by names of axes; <see langword="null"/> when it is not known.</summary>
    public bool? Evaluate(IReadOnlyDictionary<string, ConstantModel> point)
    {
        _point = point;
        return Value(expression) as bool?;
    }

    private object? Value(ExpressionSyntax node) => node switch
    {
        ParenthesizedExpressionSyntax inner => Value(inner.Expression),
        LiteralExpressionSyntax literal => Literal(literal),
        IdentifierNameSyntax name => Axis(name.Identifier.ValueText),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => Axis(own.Name.Identifier.ValueText),
        MemberAccessExpressionSyntax member => Member(member),
        PrefixUnaryExpressionSyntax unary => Unary(unary),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and => Both(and, stop: false),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or => Both(or, stop: true),
        BinaryExpressionSyntax binary when !binary.IsKind(SyntaxKind.IsExpression) && !binary.IsKind(SyntaxKind.AsExpression) =>
            Binary(binary.Kind(), Value(binary.Left), Value(binary.Right)),
        ConditionalExpressionSyntax choice => Choice(choice),
        IsPatternExpressionSyntax match => Matches(Value(match.Expression), match.Pattern),
        _ => _unknown,
    };

    private static object? Literal(LiteralExpressionSyntax literal) => literal.Kind() switch
    {
        SyntaxKind.NullLiteralExpression => null,
        SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression or SyntaxKind.StringLiteralExpression => literal.Token.Value,
        SyntaxKind.NumericLiteralExpression when literal.Token.Value is int or long or double => literal.Token.Value,
        _ => _unknown,
    };

    private object? Axis(string name)
    {
        if (!_point.TryGetValue(name, out var constant) || axes.FirstOrDefault(a => a.Name == name) is not { } axis)
            return _unknown;
        return (axis.Value.Kind, constant.Code) switch
        {
            (_, "null") => null,
            (ValueKind.Boolean, "true") => true,
            (ValueKind.Boolean, _) => false,
            // Whatever is done with a small integer is done with an `int`.
            (ValueKind.Integer, _) when axis.Value.Type is "sbyte" or "byte" or "short" or "ushort" or "int" => int.Parse(constant.Text, CultureInfo.InvariantCulture),
            (ValueKind.Integer, _) when axis.Value.Type is "long" => long.Parse(constant.Text, CultureInfo.InvariantCulture),
            // Generated code knows no -0.
            (ValueKind.Double, _) => constant.Number is 0 ? 0.0 : constant.Number,
            (ValueKind.String, _) => constant.Text,
            (ValueKind.Enum, _) => new EnumValue(axis.Value.Type, constant.Code),
            _ => _unknown,
        };
    }

    // `Size.Teacher`, where `Size` may also be the axis: only a type has such a member.
    private object Member(MemberAccessExpressionSyntax member)
    {
        var type = member.Expression.ToString();
        var enums = axes.Select(a => a.Value.Enum).OfType<EnumModel>()
            .Where(e => e.Type == type || e.Type.EndsWith("." + type, StringComparison.Ordinal) || e.Type.EndsWith("::" + type, StringComparison.Ordinal))
            .GroupBy(e => e.Type).Select(g => g.First()).ToList();
        if (enums.Count != 1 || enums[0].Members.FirstOrDefault(m => m.Code == $"{enums[0].Type}.{Symbols.Escape(member.Name.Identifier.ValueText)}") is not { } found)
            return _unknown;
        return new EnumValue(enums[0].Type, enums[0].Members.First(m => m.Value == found.Value).Code);
    }

    private object? Unary(PrefixUnaryExpressionSyntax unary) => (unary.Kind(), Value(unary.Operand)) switch
    {
        (SyntaxKind.LogicalNotExpression, bool value) => !value,
        (SyntaxKind.UnaryMinusExpression, double value) => -value,
        (SyntaxKind.UnaryMinusExpression, int or long) and var (_, value) => Binary(SyntaxKind.SubtractExpression, 0, value),
        _ => _unknown,
    };

    private object? Both(BinaryExpressionSyntax node, bool stop) =>
        Value(node.Left) is not bool left ? _unknown : left == stop ? stop : Value(node.Right);

    private object? Choice(ConditionalExpressionSyntax choice)
    {
        if (Value(choice.Condition) is not bool condition)
            return _unknown;
        var value = Value(condition ? choice.WhenTrue : choice.WhenFalse);
        // What is not chosen still has a say in the type: in `(Deep ? 1 : 0.5) / 2` the 1 is a `double`.
        return value is not (int or long or string) || Value(condition ? choice.WhenFalse : choice.WhenTrue)?.GetType() == value.GetType() ? value : _unknown;
    }

    private static object Binary(SyntaxKind kind, object? left, object? right)
    {
        if (left == _unknown || right == _unknown)
            return _unknown;
        try
        {
            return (left, right) switch
            {
                (int a, int b) => Whole(kind, a, b) is long whole ? checked((int)whole) : Whole(kind, a, b),
                (int or long, int or long) => Whole(kind, Convert.ToInt64(left, CultureInfo.InvariantCulture), Convert.ToInt64(right, CultureInfo.InvariantCulture)),
                (int or long or double, int or long or double) => Real(kind, Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture)),
                (null, _) or (_, null) or (bool, bool) or (string, string) => Same(kind, Equals(left, right)),
                (EnumValue a, EnumValue b) when a.Type == b.Type => Same(kind, a == b),
                _ => _unknown,
            };
        }
        catch (OverflowException)
        {
            // Wraps around or throws, as the project says.
            return _unknown;
        }
    }

    private static object Whole(SyntaxKind kind, long a, long b) => kind switch
    {
        SyntaxKind.AddExpression => checked(a + b),
        SyntaxKind.SubtractExpression => checked(a - b),
        SyntaxKind.MultiplyExpression => checked(a * b),
        SyntaxKind.DivideExpression when b != 0 => a / b,
        SyntaxKind.ModuloExpression when b is not (0 or -1) => a % b,
        _ => Order(kind, a < b, a == b, a > b),
    };

    private static object Real(SyntaxKind kind, double a, double b) => kind switch
    {
        SyntaxKind.AddExpression => a + b,
        SyntaxKind.SubtractExpression => a - b,
        SyntaxKind.MultiplyExpression => a * b,
        SyntaxKind.DivideExpression => a / b,
        _ => Order(kind, a < b, a == b, a > b),
    };

    // Three answers, as NaN is neither less, equal nor greater.
    private static object Order(SyntaxKind kind, bool isLess, bool isEqual, bool isGreater) => kind switch
    {
        SyntaxKind.LessThanExpression => isLess,
        SyntaxKind.LessThanOrEqualExpression => isLess || isEqual,
        SyntaxKind.GreaterThanExpression => isGreater,
        SyntaxKind.GreaterThanOrEqualExpression => isGreater || isEqual,
        _ => Same(kind, isEqual),
    };

    private static object Same(SyntaxKind kind, bool isEqual) => kind switch
    {
        SyntaxKind.EqualsExpression => isEqual,
        SyntaxKind.NotEqualsExpression => !isEqual,
        _ => _unknown,
    };

    private object Matches(object? value, PatternSyntax pattern)
    {
        if (value == _unknown)
            return _unknown;
        switch (pattern)
        {
            case ParenthesizedPatternSyntax inner:
                return Matches(value, inner.Pattern);
            case ConstantPatternSyntax constant:
                return Binary(SyntaxKind.EqualsExpression, value, Constant(constant.Expression));
            case RelationalPatternSyntax relation:
                return Binary(SyntaxFacts.GetBinaryExpression(relation.OperatorToken.Kind()), value, Constant(relation.Expression));
            case UnaryPatternSyntax not:
                return Matches(value, not.Pattern) is bool inverse ? !inverse : _unknown;
            case BinaryPatternSyntax both:
                var isAnd = both.IsKind(SyntaxKind.AndPattern);
                return Matches(value, both.Left) is not bool left ? _unknown : left != isAnd ? left : Matches(value, both.Right);
            default:
                return _unknown;
        }
    }

    /// <summary>The constant of a pattern: a name there is never an axis, but may be the type of one. NaN, which is itself in patterns only, is not known.</summary>
    private object? Constant(ExpressionSyntax node)
    {
        var point = _point;
        _point = _nowhere;
        var value = Value(node);
        _point = point;
        return value is double.NaN ? _unknown : value;
    }

    private sealed record EnumValue(string Type, string Code);
}
