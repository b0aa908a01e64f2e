using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Parsing;

/// <summary>
/// Evaluates a simple expression over the axes of a sweep, such as <c>!(Size == Size.Teacher &amp;&amp; Distilled)</c>, as the program will: so that the
/// compiler can count what <c>Include</c> leaves out. Anything that is not plainly an operator, a constant or an axis is not known.
/// </summary>
internal sealed class PointExpression(ExpressionSyntax expression, IReadOnlyList<AxisModel> axes)
{
    private static readonly object _unknown = new();

    private IReadOnlyDictionary<string, ConstantModel> _point = new Dictionary<string, ConstantModel>();

    /// <summary>The expression of a property that has only a getter.</summary>
    public static PointExpression? Of(IPropertySymbol property, IReadOnlyList<AxisModel> axes, CancellationToken cancellation)
    {
        if (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not PropertyDeclarationSyntax declaration)
            return null;
        var accessors = declaration.AccessorList?.Accessors ?? default;
        var getter = accessors.Count == 1 ? accessors[0] : null;
        var statements = getter?.Body?.Statements ?? default;
        var expression = declaration.ExpressionBody?.Expression ?? getter?.ExpressionBody?.Expression
            ?? (statements.Count == 1 ? (statements[0] as ReturnStatementSyntax)?.Expression : null);
        return expression is null ? null : new PointExpression(expression, axes);
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
        LiteralExpressionSyntax literal => Literal(literal.Token.Value),
        IdentifierNameSyntax name => Axis(name.Identifier.ValueText),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => Axis(own.Name.Identifier.ValueText),
        MemberAccessExpressionSyntax member => Member(member),
        PrefixUnaryExpressionSyntax unary => Unary(unary),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and => Both(and, stop: false),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } or => Both(or, stop: true),
        BinaryExpressionSyntax binary when !binary.IsKind(SyntaxKind.IsExpression) && !binary.IsKind(SyntaxKind.AsExpression) =>
            Binary(binary.Kind(), Value(binary.Left), Value(binary.Right)),
        ConditionalExpressionSyntax choice => Value(choice.Condition) is bool condition ? Value(condition ? choice.WhenTrue : choice.WhenFalse) : _unknown,
        IsPatternExpressionSyntax match => Matches(Value(match.Expression), match.Pattern),
        _ => _unknown,
    };

    private static object? Literal(object? value) => value switch
    {
        int number => (long)number,
        null or bool or string or long or double => value,
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
            (ValueKind.Integer, _) when constant.Number is { } number && Math.Abs(number) < 1e15 && axis.Value.Type is "int" or "long" => (long)number,
            (ValueKind.Double, _) => constant.Number,
            (ValueKind.String, _) => constant.Text,
            (ValueKind.Enum, _) => new EnumValue(axis.Value.Type, constant.Code),
            _ => _unknown,
        };
    }

    // `Size.Teacher`, where `Size` may also be the axis: only a type has such a member.
    private object Member(MemberAccessExpressionSyntax member)
    {
        var type = member.Expression switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
            MemberAccessExpressionSyntax qualified => qualified.Name.Identifier.ValueText,
            _ => "",
        };
        var enums = axes.Select(a => a.Value.Enum).OfType<EnumModel>()
            .Where(e => e.Type.EndsWith("." + type, StringComparison.Ordinal) || e.Type.EndsWith(":" + type, StringComparison.Ordinal))
            .GroupBy(e => e.Type).Select(g => g.First()).ToList();
        if (enums.Count != 1 || enums[0].Members.FirstOrDefault(m => m.Code == $"{enums[0].Type}.{Symbols.Escape(member.Name.Identifier.ValueText)}") is not { } found)
            return _unknown;
        return new EnumValue(enums[0].Type, enums[0].Members.First(m => m.Value == found.Value).Code);
    }

    private object? Unary(PrefixUnaryExpressionSyntax unary) => (unary.Kind(), Value(unary.Operand)) switch
    {
        (SyntaxKind.LogicalNotExpression, bool value) => !value,
        (SyntaxKind.UnaryMinusExpression, long value) => -value,
        (SyntaxKind.UnaryMinusExpression, double value) => -value,
        _ => _unknown,
    };

    private object? Both(BinaryExpressionSyntax node, bool stop) =>
        Value(node.Left) is not bool left ? _unknown : left == stop ? stop : Value(node.Right);

    private static object Binary(SyntaxKind kind, object? left, object? right)
    {
        if (left == _unknown || right == _unknown)
            return _unknown;
        if (kind is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression)
        {
            var isEqual = left is long or double && right is long or double ? Number(left) == Number(right) : Equals(left, right);
            return isEqual == (kind == SyntaxKind.EqualsExpression);
        }

        return (left, right) switch
        {
            (long a, long b) => Whole(kind, a, b),
            (long or double, long or double) => Real(kind, Number(left), Number(right)),
            _ => _unknown,
        };
    }

    private static object Whole(SyntaxKind kind, long a, long b) => kind switch
    {
        SyntaxKind.AddExpression => a + b,
        SyntaxKind.SubtractExpression => a - b,
        SyntaxKind.MultiplyExpression when Math.Abs(a) < int.MaxValue && Math.Abs(b) < int.MaxValue => a * b,
        SyntaxKind.DivideExpression when b != 0 => a / b,
        SyntaxKind.ModuloExpression when b != 0 => a % b,
        _ => Compare(kind, a, b),
    };

    private static object Real(SyntaxKind kind, double a, double b) => kind switch
    {
        SyntaxKind.AddExpression => a + b,
        SyntaxKind.SubtractExpression => a - b,
        SyntaxKind.MultiplyExpression => a * b,
        SyntaxKind.DivideExpression => a / b,
        _ => Compare(kind, a, b),
    };

    private static object Compare<T>(SyntaxKind kind, T a, T b)
        where T : IComparable<T> => kind switch
        {
            SyntaxKind.LessThanExpression or SyntaxKind.LessThanToken => a.CompareTo(b) < 0,
            SyntaxKind.LessThanOrEqualExpression or SyntaxKind.LessThanEqualsToken => a.CompareTo(b) <= 0,
            SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanToken => a.CompareTo(b) > 0,
            SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.GreaterThanEqualsToken => a.CompareTo(b) >= 0,
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
                return Binary(SyntaxKind.EqualsExpression, value, Value(constant.Expression));
            case RelationalPatternSyntax relation:
                return (value, Value(relation.Expression)) switch
                {
                    (long a, long b) => Compare(relation.OperatorToken.Kind(), a, b),
                    (long or double, long or double) and var (a, b) => Compare(relation.OperatorToken.Kind(), Number(a!), Number(b!)),
                    _ => _unknown,
                };
            case UnaryPatternSyntax not:
                return Matches(value, not.Pattern) is bool inverse ? !inverse : _unknown;
            case BinaryPatternSyntax both:
                var isAnd = both.IsKind(SyntaxKind.AndPattern);
                return Matches(value, both.Left) is not bool left ? _unknown : left != isAnd ? left : Matches(value, both.Right);
            default:
                return _unknown;
        }
    }

    private static double Number(object value) => value is long whole ? whole : (double)value;

    private sealed record EnumValue(string Type, string Code);
}
