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
    public static void Check(ITypeSymbol type, RecordModel record, IProblemSink problems, CancellationToken cancellation)
    {
        foreach (var model in record.Properties)
        {
            if (type.Property(model.Name) is not { } property || property.Place() == Location.None)
                continue;
            var initializer = DeclaredDefault.Initializer(property, cancellation);
            var initial = initializer is null ? null : Constant(initializer, model.Value);
            CheckAttributes(property, model, problems);
            CheckBounds(property, model, initializer, initial, problems);
            if (model.Remedy is { } remedy && property.Find("Experiments.OnOutOfMemoryAttribute") is { } attribute)
                CheckRemedy(property, model, remedy, attribute, initial?.Number, problems);
            if (model.Value.Record is { } nested && model.Value.Kind == ValueKind.Record)
                Check(property.Type, nested, problems, cancellation);
        }
    }

    /// <summary>The value of a literal.</summary>
    public static ConstantModel? Constant(ExpressionSyntax expression, ValueModel value) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: { } literal } => Constants.Convert(literal, value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: int whole } } => Constants.Convert(-whole, value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.Value: double real } } => Constants.Convert(-real, value),
        MemberAccessExpressionSyntax member when value.Enum is { } names =>
            names.Members.Where(m => m.Code.EndsWith("." + member.Name.Identifier.ValueText, StringComparison.Ordinal)).Select(m => new ConstantModel(m.Code, m.Name, null)).FirstOrDefault(),
        _ => null,
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

    private static void CheckBounds(IPropertySymbol property, PropertyModel model, ExpressionSyntax? initializer, ConstantModel? initial, IProblemSink problems)
    {
        foreach (var check in model.Checks)
        {
            if (check.Kind is CheckKind.Range or CheckKind.Length
                && (check.MinNumber > check.MaxNumber || (check.MinNumber.Equals(check.MaxNumber) && (check.IsMinExclusive || check.IsMaxExclusive))))
            {
                var place = property.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name is "RangeAttribute" or "LengthAttribute" or "StringLengthAttribute")?.Place() ?? property.Place();
                problems.Report(RuleIds.EmptyRange, place, property.Name, AxisBounds.Text(check.MinNumber), AxisBounds.Text(check.MaxNumber));
            }
            else if (initial is not null && AxisBounds.Violation(check, initial) is { } must)
            {
                problems.Report(RuleIds.DefaultOutOfBounds, initializer!.GetLocation(), property.Name, initial.Text, must);
            }
        }
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
