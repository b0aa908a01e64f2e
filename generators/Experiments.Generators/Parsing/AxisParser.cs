using System.Collections.Immutable;
using System.Globalization;
using Experiments.Core;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Parsing;

/// <summary>One axis of a sweep: the attribute, its values, and the property of the experiment it sets.</summary>
internal sealed class AxisParser
{
    private readonly INamedTypeSymbol _sweep;
    private readonly IPropertySymbol _property;
    private readonly AttributeData _attribute;
    private readonly ValueModel _value;
    private readonly ParseScope _scope;
    private readonly AxisKind _kind;

    private AxisParser(INamedTypeSymbol sweep, IPropertySymbol property, AttributeData attribute, AxisKind kind, ValueModel value, ParseScope scope)
    {
        _sweep = sweep;
        _property = property;
        _attribute = attribute;
        _kind = kind;
        _value = value;
        _scope = scope;
    }

    /// <summary>The attribute that makes a property an axis.</summary>
    public static AttributeData? AttributeOf(IPropertySymbol property) => property.GetAttributes().FirstOrDefault(IsAxis);

    /// <summary>Whether an attribute makes a property an axis.</summary>
    public static bool IsAxis(AttributeData attribute) => attribute.AttributeClass?.BaseType?.ToDisplayString() == "Experiments.SweepAxisAttribute";

    /// <summary>Parses an axis; <see langword="null"/> when it is wrong, after reporting why.</summary>
    public static AxisModel? Parse(INamedTypeSymbol sweep, IPropertySymbol property, AttributeData attribute, RecordModel experiment, ParseScope scope)
    {
        if (!Enum.TryParse<AxisKind>(attribute.ShortName(), out var kind))
            return null;
        if (AxisTarget.Resolve(property, experiment, scope) is not { } path)
            return null;
        var target = path[path.Count - 1];
        if (AxisTarget.ValueOf(property.Type, target.Value, scope) is not { } value)
        {
            scope.Report(RuleIds.AxisValueType, property.Place(), property.Name, target.Value.DeclaredType.Replace("global::", ""),
                property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            return null;
        }

        return new AxisParser(sweep, property, attribute, kind, value, scope).Parse(path);
    }

    private AxisModel? Parse(EquatableArray<PropertyModel> path)
    {
        if (_property.SetMethod is null)
        {
            _scope.Report(RuleIds.UnsuitableAxis, _property.Place(), _kind.ToString(), _property.Name, "properties with `init`");
            return null;
        }

        if (!IsSuited(out var suits))
        {
            _scope.Report(RuleIds.UnsuitableAxis, _attribute.Place(), _kind.ToString(), _property.Name, suits);
            return null;
        }

        var axis = new AxisModel(_property.Name, path, _kind)
        {
            Identifier = Symbols.Escape(_property.Name),
            Value = _value,
            Description = Describe(),
            Zip = _attribute.Named<string?>("Zip", null),
        };
        switch (_kind)
        {
            case AxisKind.Values:
                return Listed(axis);
            case AxisKind.ValuesFrom:
                return From(axis, _attribute.Argument(0, ""));
            case AxisKind.All:
                var all = _value.Enum is { } names
                    ? names.Members.Where(m => !m.IsAlias).Select(m => new ConstantModel(m.Code, m.IdentityName, null))
                    : [new ConstantModel("false", "false", null), new ConstantModel("true", "true", null)];
                return Checked(axis with { Values = all.ToEquatableArray(), Count = all.Count() });
            case AxisKind.Seeds or AxisKind.Repeats:
                var first = _kind == AxisKind.Seeds ? 0 : 1;
                return Numbered(axis with { From = first, Step = 1 }, _attribute.Argument(0, 0), i => first + i);
            case AxisKind.Steps:
                return Stepped(axis with { From = Number(0), To = Number(1), Step = Number(2) });
            case AxisKind.Uniform or AxisKind.LogUniform:
                return Random(axis with { From = Number(0), To = Number(1) });
            default:
                var spaced = axis with { From = Number(0), To = Number(1) };
                if (_kind == AxisKind.LogSpace && !(spaced is { From: > 0, To: > 0 }))
                    return OutOfBounds(spaced.From > 0 ? spaced.To : spaced.From, "above 0, as everything on a logarithmic scale");
                var count = _attribute.Argument(2, 0);
                return Numbered(spaced, count, _kind == AxisKind.LogSpace
                    ? i => Spacing.Logarithmic(spaced.From, spaced.To, count, i)
                    : i => Spacing.Linear(spaced.From, spaced.To, count, i));
        }
    }

    private bool IsSuited(out string suits)
    {
        (suits, var suited) = _kind switch
        {
            AxisKind.All => ("enums and bools", _value is { IsNullable: false, Kind: ValueKind.Enum or ValueKind.Boolean }),
            AxisKind.Seeds or AxisKind.Repeats => ("integers", _value is { IsNullable: false, Kind: ValueKind.Integer }),
            AxisKind.Values => ("single values", _value.IsScalar),
            AxisKind.ValuesFrom => ("", true),
            _ => ("numbers", _value is { IsNullable: false, IsNumber: true }),
        };
        return suited;
    }

    private AxisModel? Listed(AxisModel axis)
    {
        if (_attribute.ConstructorArguments.Length != 1 || _attribute.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array } list)
            return null;
        // `[Values(null)]` binds the array itself to null; what was meant is one null.
        var given = list.IsNull ? ImmutableArray<TypedConstant>.Empty : list.Values;
        var values = new List<ConstantModel>();
        var isGood = true;
        for (var i = 0; i < given.Length; i++)
        {
            if (Constants.Convert(given[i], _value) is { } value)
            {
                values.Add(value);
                continue;
            }

            isGood = false;
            _scope.Report(RuleIds.AxisValueType, Place(i), axis.Name, _value.DeclaredType.Replace("global::", ""), given[i].IsNull ? "null" : given[i].ToCSharpString());
        }

        if (list.IsNull && _value.IsNullable)
            values.Add(new ConstantModel("null", "null", null));
        if (!isGood)
            return null;
        if (values.Count == 0)
        {
            _scope.Report(RuleIds.EmptyAxis, _attribute.Place(), axis.Name);
            return null;
        }

        for (var i = 0; i < values.Count && !IsZipped(); i++)
        {
            if (values.Take(i).Any(v => v.Code == values[i].Code))
                _scope.Report(RuleIds.DuplicateAxisValue, Place(i), axis.Name, values[i].Text);
        }

        return Checked(axis with { Values = values.ToEquatableArray(), Count = values.Count });
    }

    // Beside another axis a value may come again: what must differ then are the pairs, which is another rule.
    private bool IsZipped() => _attribute.Named<string?>("Zip", null) is { } group && _sweep.Properties()
        .Any(p => p.Name != _property.Name && AttributeOf(p)?.Named<string?>("Zip", null) == group);

    private AxisModel? From(AxisModel axis, string source)
    {
        var place = _attribute.PositionalSyntax(0)?.GetLocation() ?? _attribute.Place();
        if (_sweep.Properties().FirstOrDefault(p => p.Name == source && !p.IsStatic) is not { } list)
        {
            _scope.Report(RuleIds.UnsuitableAxis, place, _kind.ToString(), _property.Name, "the name of a property of the sweep that lists its values");
            return null;
        }

        if (AxisTarget.ItemType(list.Type) is { } item && AxisTarget.ValueOf(item, _value, _scope) is not null)
            return axis with { Source = Symbols.Escape(source) };
        _scope.Report(RuleIds.AxisValueType, place, axis.Name, _value.DeclaredType.Replace("global::", ""), list.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        return null;
    }

    private AxisModel? Stepped(AxisModel axis)
    {
        var count = Spacing.StepCount(axis.From, axis.To, axis.Step);
        if (count == 0)
            return OutOfBounds(axis.Step, $"a step that leads from {Text(axis.From)} to {Text(axis.To)} in a whole number of steps");
        return Numbered(axis, count, i => i == count - 1 ? axis.To : Spacing.Stepped(axis.From, axis.Step, i));
    }

    private AxisModel? Random(AxisModel axis)
    {
        if (_kind == AxisKind.LogUniform && !(axis is { From: > 0, To: > 0 }))
            return OutOfBounds(axis.From > 0 ? axis.To : axis.From, "above 0, as everything on a logarithmic scale");
        if (!(axis.From < axis.To))
            return OutOfBounds(axis.To, $"above the lower bound {Text(axis.From)}");
        return Constants.Number(axis.From, _value) is { } from && Constants.Number(axis.To, _value) is { } to
            ? CheckBounds(axis, [from, to]) ? axis : null
            : WrongNumber(axis, axis.From);
    }

    private AxisModel? Numbered(AxisModel axis, int count, Func<int, double> value)
    {
        if (count < 1)
        {
            _scope.Report(RuleIds.EmptyAxis, _attribute.Place(), axis.Name);
            return null;
        }

        // The ends are checked for all; values in between are listed only where they are few.
        if (Constants.Number(value(0), _value) is null || Constants.Number(value(count - 1), _value) is null)
            return WrongNumber(axis, Constants.Number(value(0), _value) is null ? value(0) : value(count - 1));
        if (count > AxisModel.InlineMax && FirstBetween(axis, count, value) is { } wrong)
            return WrongNumber(axis, wrong);
        if (count > AxisModel.InlineMax)
        {
            return CheckBounds(axis, [Constants.Number(value(0), _value)!, Constants.Number(value(count - 1), _value)!])
                ? axis with { Count = count } : null;
        }

        var values = new List<ConstantModel>();
        for (var i = 0; i < count; i++)
        {
            if (Constants.Number(value(i), _value) is not { } constant)
                return WrongNumber(axis, value(i));
            if (values.Any(v => v.Code == constant.Code) && !IsZipped())
                _scope.Report(RuleIds.DuplicateAxisValue, _attribute.Place(), axis.Name, constant.Text);
            values.Add(constant);
        }

        return Checked(axis with { Values = values.ToEquatableArray(), Count = count });
    }

    /// <summary>The first value of a long axis that an integer property can't hold, if there is one: it would be cut off.</summary>
    private double? FirstBetween(AxisModel axis, int count, Func<int, double> value)
    {
        var step = axis.Kind == AxisKind.Linspace ? (axis.To - axis.From) / (count - 1) : axis.Step;
        if (_value.Kind != ValueKind.Integer || (axis.Kind != AxisKind.LogSpace && step == Math.Floor(step)))
            return null;
        for (var i = 1; i < count; i++)
        {
            _scope.Cancellation.ThrowIfCancellationRequested();
            if (Constants.Number(value(i), _value) is null)
                return value(i);
        }

        return null;
    }

    private AxisModel? Checked(AxisModel axis) => CheckBounds(axis, axis.Values) ? axis : null;

    private bool CheckBounds(AxisModel axis, IReadOnlyList<ConstantModel> values)
    {
        var isGood = true;
        for (var i = 0; i < values.Count; i++)
        {
            foreach (var must in AxisBounds.Violations(axis.Target, values[i]))
            {
                isGood = false;
                _scope.Report(RuleIds.AxisValueOutOfBounds, _kind == AxisKind.Values ? Place(i) : _attribute.Place(), axis.Name, AxisBounds.Text(values[i]), must);
            }
        }

        return isGood;
    }

    private AxisModel? WrongNumber(AxisModel axis, double value)
    {
        _scope.Report(RuleIds.AxisValueType, _attribute.Place(), axis.Name, _value.DeclaredType.Replace("global::", ""), Text(value));
        return null;
    }

    private AxisModel? OutOfBounds(double value, string must)
    {
        _scope.Report(RuleIds.AxisValueOutOfBounds, _attribute.Place(), _property.Name, Text(value), must);
        return null;
    }

    private string Describe()
    {
        // While somebody types, an attribute may have any arguments, or none.
        var given = _attribute.ConstructorArguments;
        if (given.Length == 1 && given[0] is { Kind: TypedConstantKind.Array, IsNull: false } list)
            given = list.Values;
        return given.Length == 0 ? _kind.ToString() : $"{_kind}({string.Join(", ", given.Select(Word))})";

        static string? Word(TypedConstant argument) =>
            argument.IsNull ? "null"
            : argument.Kind == TypedConstantKind.Array ? "…"
            : Attributes.EnumMember(argument) ?? (argument.Value is double number ? Text(number) : System.Convert.ToString(argument.Value, CultureInfo.InvariantCulture));
    }

    private Location Place(int argument) => _attribute.PositionalSyntax(argument)?.GetLocation() ?? _attribute.Place();

    private double Number(int argument) => _attribute.Argument(argument, double.NaN);

    private static string Text(double value) => AxisBounds.Text(value);
}
