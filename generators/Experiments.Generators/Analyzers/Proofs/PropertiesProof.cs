using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Generators.Locks;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>What the properties of a configuration declare: bounds that leave a value, defaults within them, and remedies that can help.</summary>
internal static class PropertiesProof
{
    /// <summary>Checks a record and those nested in it.</summary>
    public static void Check(ITypeSymbol type, RecordModel record, Compilation compilation, IProblemSink problems, CancellationToken cancellation)
    {
        foreach (var model in record.Properties)
        {
            if (type.Property(model.Name) is not { } property || property.Place() == Location.None)
                continue;
            var initializer = DeclaredDefault.Initializer(property, cancellation);
            var constant = initializer is null ? null : Evaluated(initializer, model, compilation, cancellation);
            var initial = initializer is null ? null : Constant(initializer, model.Value) ?? Converted(constant, model.Value);
            CheckAttributes(property, model, problems);
            foreach (var (text, must) in !CheckBounds(property, model, problems) || initializer is null ? [] : Flaws(model, initializer, constant, initial))
                problems.Report(RuleIds.DefaultOutOfBounds, initializer!.GetLocation(), property.Name, text, must);
            if (model.Remedy is { } remedy && property.Find("Experiments.OnOutOfMemoryAttribute") is { } attribute)
                CheckRemedy(property, model, remedy, attribute, initial?.Number, problems);
            if (model.Value.Record is { } nested && model.Value.Kind == ValueKind.Record)
                Check(property.Type, nested, compilation, problems, cancellation);
        }
    }

    /// <summary>The value of a literal, a member of an enum or a duration.</summary>
    public static ConstantModel? Constant(ExpressionSyntax expression, ValueModel value) => expression switch
    {
        LiteralExpressionSyntax { RawKind: not (int)SyntaxKind.DefaultLiteralExpression, Token.Value: { } literal } => Constants.Convert(literal, value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: int whole } } => Constants.Convert(-whole, value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: double real } } => Constants.Convert(-real, value),
        MemberAccessExpressionSyntax member when value.Enum is { } names => DeclaredDefault.Member(member, names) is { } named ? new ConstantModel(named.Code, named.IdentityName, null) : null,
        _ when value.Kind == ValueKind.TimeSpan => DeclaredDefault.Duration(expression) is { } time ? Constants.Convert(time.ToString("c", CultureInfo.InvariantCulture), value) : null,
        _ => null,
    };

    /// <summary>What the compiler makes of an initializer that takes more than reading, where something is demanded of it.</summary>
    private static object? Evaluated(ExpressionSyntax initializer, PropertyModel model, Compilation compilation, CancellationToken cancellation)
    {
        if ((model.Checks.Count == 0 && !model.Value.IsFloating && model.Value.Kind != ValueKind.Enum) || Constant(initializer, model.Value) is not null
            || initializer.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or CollectionExpressionSyntax or AnonymousFunctionExpressionSyntax)
            || !compilation.ContainsSyntaxTree(initializer.SyntaxTree))
            return null;
#pragma warning disable RS1030 // One expression is bound, of the few that get here; asked to be shown every property's, we would have all of them bound.
        return compilation.GetSemanticModel(initializer.SyntaxTree).GetConstantValue(initializer, cancellation).Value;
#pragma warning restore RS1030
    }

    private static ConstantModel? Converted(object? constant, ValueModel value) => constant switch
    {
        null => null,
        sbyte or byte or short or ushort or int or uint or long or ulong when value.Kind == ValueKind.Enum => Constants.Enum(constant, value),
        _ when value.Kind == ValueKind.TimeSpan => null,
        _ => Constants.Convert(constant, value),
    };

    /// <summary>What is wrong with a default: how it is shown, and what it must be.</summary>
    private static IEnumerable<(string Text, string Must)> Flaws(PropertyModel model, ExpressionSyntax initializer, object? constant, ConstantModel? initial) => (constant, initializer) switch
    {
        (double.NaN or double.PositiveInfinity or double.NegativeInfinity or float.NaN or float.PositiveInfinity or float.NegativeInfinity, _) =>
            [(Convert.ToString(constant, CultureInfo.InvariantCulture), "finite")],
        (_, CollectionExpressionSyntax list) when list.Elements.All(element => element is ExpressionElementSyntax) =>
            model.Checks.Where(check => check.Kind == CheckKind.Length).Select(check => AxisBounds.LengthViolation(check, list.Elements.Count, "values")).OfType<string>().Select(must => (list.ToString(), must)),
        _ => initial is null ? [] : AxisBounds.Violations(model, initial).Select(must => (AxisBounds.Text(initial), must)),
    };

    private static void CheckAttributes(IPropertySymbol property, PropertyModel model, IProblemSink problems)
    {
        foreach (var attribute in property.GetAttributes())
        {
            if (CheckParser.Ignored(attribute, model.Value) is { } meant)
                problems.Report(RuleIds.CheckIgnored, attribute.Place(), attribute.ShortName(), meant, property.Name);
            else if (attribute.AttributeClass?.ToDisplayString() == "System.ComponentModel.DataAnnotations.RegularExpressionAttribute"
                && attribute.Argument<string?>(0, null) is { } pattern && Malformed(pattern) is { } flaw)
                problems.Report(RuleIds.ImpossibleValue, attribute.PositionalSyntax(0)?.GetLocation() ?? attribute.Place(), $"the pattern of `{property.Name}`", $"a regular expression ({flaw})", pattern);
        }
    }

    private static string? Malformed(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return null;
        }
        catch (ArgumentException flaw)
        {
            return flaw.Message;
        }
    }

    private static bool CheckBounds(IPropertySymbol property, PropertyModel model, IProblemSink problems)
    {
        foreach (var check in model.Checks)
        {
            if (check.Kind is not (CheckKind.Range or CheckKind.Length)
                || !(check.MinNumber > check.MaxNumber || (check.MinNumber.Equals(check.MaxNumber) && (check.IsMinExclusive || check.IsMaxExclusive))))
                continue;
            var place = property.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name is "RangeAttribute" or "LengthAttribute" or "StringLengthAttribute")?.Place() ?? property.Place();
            var (min, max) = AxisBounds.BoundTexts(check);
            problems.Report(RuleIds.EmptyRange, place, property.Name, min, max);
            return false;
        }

        return true;
    }

    private static void CheckRemedy(IPropertySymbol property, PropertyModel model, RemedyModel remedy, AttributeData attribute, double? initial, IProblemSink problems)
    {
        if (!model.Value.IsNumber)
        {
            problems.Report(RuleIds.RemedyNotNumeric, attribute.Place(), property.Name, property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            return;
        }

        var (must, argument) = remedy switch
        {
            { Scale: 1 } => ("a `Scale` other than 1", "Scale"),
            { Scale: not > 0 or double.PositiveInfinity } => ("a `Scale` above 0", "Scale"),
            { Min: { } min, Max: { } max } when min > max => ("a `Min` below its `Max`", "Min"),
            { Scale: < 1, Min: null, Max: not null } => ("a `Min`: made smaller, the value never reaches its `Max`", "Max"),
            { Scale: > 1, Max: null, Min: not null } => ("a `Max`: made larger, the value never reaches its `Min`", "Min"),
            { Scale: < 1, Min: { } min } when initial <= min => ($"a `Min` below the default {Text(initial)}", "Min"),
            { Scale: > 1, Max: { } max } when initial >= max => ($"a `Max` above the default {Text(initial)}", "Max"),
            _ when initial is 0 => ("a default other than 0, which no scale changes", "Scale"),
            _ => ("", ""),
        };
        if (must.Length > 0)
            problems.Report(RuleIds.RemedyWithoutEffect, attribute.NamedSyntax(argument)?.GetLocation() ?? attribute.Place(), property.Name, must);
        else if (remedy is { Scale: < 1, Min: null } && model.Value.Kind == ValueKind.Integer)
            problems.Report(RuleIds.RemedyWithoutFloor, attribute.Place(), property.Name);
    }

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
