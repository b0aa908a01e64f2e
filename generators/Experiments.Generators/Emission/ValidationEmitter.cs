using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>What the DataAnnotations of a configuration demand, and what every value must be: finite, named, there.</summary>
internal static class ValidationEmitter
{
    private const string Check = "global::Experiments.Core.Check.";

    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        var names = Names.Of(experiment.Record);
        code.OpenType(experiment.Type);
        code.Documented("All values that are out of bounds; empty when there are none.");
        code.Open("public global::Experiments.Mistakes Validate()");
        code.Line("var mistakes = new global::Experiments.Mistakes();");
        code.Line("Generated.Validate(this, \"\", mistakes);");
        code.Line("return mistakes;");
        code.Close();
        code.Blank().Open("private static partial class Generated");
        foreach (var record in names.Records)
        {
            code.Blank().Open($"public static void {names.Validator(record)}({record.Type} config, string prefix, global::Experiments.Mistakes mistakes)");
            var locals = new Locals("config", "prefix", "mistakes", "i");
            foreach (var property in record.Properties)
                EmitProperty(code, property, names, locals);
            code.Close();
        }

        code.Close();
        code.CloseType();
    }

    private static void EmitProperty(SourceWriter code, PropertyModel property, Names names, Locals locals)
    {
        var path = $"prefix + {SourceWriter.Literal(property.Key)}";
        var access = $"config.{property.Identifier}";
        var value = property.Value;
        var given = value.IsNullable || !value.IsValueType ? locals.New(property.Name + "Value") : access;
        var checks = Checks(property, names, path, given).ToList();
        if (value.IsNullable || !value.IsValueType)
        {
            if (checks.Count > 0)
            {
                code.Open($"if ({access} is {{ }} {given})");
                checks.ForEach(c => code.Raw(c));
                code.Close();
            }

            if (!value.IsNullable)
            {
                if (checks.Count > 0)
                    code.Line("else").Line($"    {Check}NotNull(mistakes, {path}, null);");
                else
                    code.Line($"{Check}NotNull(mistakes, {path}, {access});");
            }
        }
        else
        {
            checks.ForEach(c => code.Raw(c));
        }
    }

    private static IEnumerable<string> Checks(PropertyModel property, Names names, string path, string access)
    {
        var value = property.Value with { IsNullable = false };
        foreach (var line in Natural(value, names, path, access))
            yield return line;
        foreach (var check in property.Checks)
        {
            switch (check.Kind)
            {
                case CheckKind.Range when check.Min.Length + check.Max.Length > 0:
                    yield return $"{Check}Range<{value.Type}>(mistakes, {path}, {access}, {OrNull(check.Min)}, {OrNull(check.Max)}"
                        + (check.IsMinExclusive ? ", isMinExclusive: true" : "") + (check.IsMaxExclusive ? ", isMaxExclusive: true" : "") + ");";
                    break;
                case CheckKind.Allowed or CheckKind.Denied:
                    var constants = check.Values.Where(v => v.Code != "null").Select(v => v.Code).ToList();
                    if (constants.Count > 0)
                        yield return $"{Check}{check.Kind}<{value.Type}>(mistakes, {path}, {access}, {string.Join(", ", constants)});";
                    break;
                case CheckKind.Length:
                    var count = value.Kind == ValueKind.String ? $"{access}.Length" : ValueCode.Count(value, access);
                    yield return $"{Check}Length(mistakes, {path}, {count}, {check.Min}, {check.Max}, \"{(value.Kind == ValueKind.String ? "characters" : "values")}\");";
                    break;
                case CheckKind.Pattern:
                    yield return $"{Check}Pattern(mistakes, {path}, {access}, {SourceWriter.Literal(check.Min)});";
                    break;
            }
        }
    }

    /// <summary>What every value of a kind must be, attributes or not.</summary>
    private static IEnumerable<string> Natural(ValueModel value, Names names, string path, string access)
    {
        switch (value.Kind)
        {
            case ValueKind.Single or ValueKind.Double:
                yield return $"{Check}Finite(mistakes, {path}, {access});";
                break;
            case ValueKind.Secret:
                yield return $"{Check}Secret(mistakes, {path}, {access});";
                break;
            case ValueKind.Enum:
                yield return $"{Check}Named(mistakes, {path}, {access}, {names.Table(value.Enum!)});";
                break;
            case ValueKind.Record:
                yield return $"{names.Validator(value.Record!)}({access}, {path} + \".\", mistakes);";
                break;
            case ValueKind.List when value.Element is { IsNullable: false } element && (element.IsFloating || element.Kind == ValueKind.Enum || element.Kind == ValueKind.String):
                var item = element.IsFloating ? $"{Check}Finite(mistakes, {path}, {access}[i]);"
                    : element.Kind == ValueKind.Enum ? $"{Check}Named(mistakes, {path}, {access}[i], {names.Table(element.Enum!)});"
                    : $"{Check}NotNull(mistakes, {path}, {access}[i]);";
                yield return $"for (var i = 0; i < {ValueCode.Count(value, access)}; i++)\n    {item}";
                break;
        }
    }

    private static string OrNull(string bound) => bound.Length == 0 ? "null" : bound;
}
