using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>Drafts: what was given of each record on a command line or in JSON, laid over the record's own defaults.</summary>
internal static class DraftEmitter
{
    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        var names = Names.Of(experiment.Record);
        var values = new ValueCode(names);
        code.OpenType(experiment.Type);
        code.Open("private static partial class Generated");
        foreach (var record in names.Records)
            EmitDraft(code, record, names, values, record == experiment.Record);
        code.Close();
        code.CloseType();
    }

    private static void EmitDraft(SourceWriter code, RecordModel record, Names names, ValueCode values, bool isRoot)
    {
        code.Blank().Open($"public sealed class {names.Draft(record)} : global::Experiments.Core.Draft<{record.Type}>");
        foreach (var property in record.Properties)
        {
            code.Line(property.Value.Record is { } nested
                ? $"public readonly {names.Draft(nested)} {Own(property)} = new();"
                : $"public global::Experiments.Core.Setting<{property.Value.DeclaredType}> {Own(property)};");
        }

        code.Blank();
        var given = record.Properties.Select(p => $"{Own(p)}.IsGiven").ToList();
        code.Line($"protected override bool HasValues => {(given.Count == 0 ? "false" : string.Join(" || ", given))};");
        code.Blank();
        var mandatory = record.Properties.Where(p => p is { IsMandatory: true, Value: { IsValueType: false, IsNullable: false } }).Select(p => $"{Own(p)}.IsGiven").ToList();
        code.Line($"protected override bool CanCreate => {(mandatory.Count == 0 ? "true" : string.Join(" && ", mandatory))};");
        code.Blank();
        code.Line($"protected override global::System.Collections.Generic.IEnumerable<string> Keys => [{string.Join(", ", record.Properties.Select(p => SourceWriter.Literal(p.Key)))}];");

        code.Blank().Open($"public override {record.Type} Apply({record.Type} current, string prefix, global::Experiments.Mistakes mistakes)");
        code.Open("return current with");
        foreach (var property in record.Properties)
            code.Line($"{property.Identifier} = {Applied(property)},");
        code.Close(";");
        code.Close();

        code.Blank().Open("protected override void ReportMissing(string prefix, global::Experiments.Mistakes mistakes)");
        foreach (var property in record.Properties.Where(p => p.IsMandatory))
        {
            code.Line($"if (!{Own(property)}.IsGiven)");
            code.Line($"    Missing(prefix + {SourceWriter.Literal(property.Key)}, mistakes);");
        }

        code.Close();

        code.Blank().Open($"protected override {record.Type}? New(string prefix, global::Experiments.Mistakes mistakes)");
        var locals = new Locals("prefix", "mistakes");
        var records = record.Properties.Where(p => p is { IsMandatory: true, Value.Record: not null }).ToDictionary(p => p.Name, p => locals.New(p.Name), StringComparer.Ordinal);
        foreach (var property in record.Properties.Where(p => records.ContainsKey(p.Name)))
        {
            code.Line($"var {records[property.Name]} = {Own(property)}.Resolve(null, prefix + {SourceWriter.Literal(property.Key + ".")}, mistakes);");
            if (!property.Value.IsNullable)
                code.Line($"if ({records[property.Name]} is null)").Line("    return null;");
        }

        code.Line($"return {Creation.New(record.Type, record.Properties.Where(p => p.IsMandatory), p => p.Value.Record is null ? $"{Own(p)}.Value" : records[p.Name])};");
        code.Close();

        code.Blank().Open("protected override bool ReadValue(ref global::System.Text.Json.Utf8JsonReader json, string key, string prefix)");
        code.Open("switch (key)");
        foreach (var property in record.Properties)
        {
            foreach (var key in property.FormerKeys.Prepend(property.Key).Distinct())
                code.Line($"case {SourceWriter.Literal(key)}:");
            var path = $"prefix + {SourceWriter.Literal(property.Key)}";
            if (property.Value.Record is not null)
                EmitReadRecord(code, property);
            else if (property.Value.Kind == ValueKind.Input)
                EmitReadInput(code, property);
            else
                code.Line($"    {Own(property)} = {Setting(property.Value, values.ReadJson(property.Value, path))};");
            code.Line("    return true;");
        }

        code.Line("default:").Line("    return false;");
        code.Close();
        code.Close();

        if (isRoot)
            EmitSet(code, record, values);
        code.Close();
    }

    // No interface converts to a setting by itself.
    private static string Setting(ValueModel value, string read) => value is { List: ListKind.ReadOnlyList, IsNullable: true } ? $"new({read})" : read;

    private static void EmitReadRecord(SourceWriter code, PropertyModel property)
    {
        if (!property.Value.IsNullable)
        {
            code.Line("    if (json.TokenType == global::System.Text.Json.JsonTokenType.Null)");
            code.Line($"        throw global::Experiments.Core.JsonValues.Unexpected(ref json, prefix + {SourceWriter.Literal(property.Key)}, \"an object\");");
        }

        code.Line($"    {Own(property)}.Read(ref json, prefix + {SourceWriter.Literal(property.Key + ".")});");
    }

    private static void EmitReadInput(SourceWriter code, PropertyModel property)
    {
        var read = $"global::Experiments.Core.Configuration.ReadInput<{property.Value.Type}>(ref json)";
        code.Line(property.Value.IsNullable
            ? $"    {Own(property)} = json.TokenType == global::System.Text.Json.JsonTokenType.Null ? null : {read};"
            : $"    {Own(property)} = {read};");
    }

    private static string Applied(PropertyModel property)
    {
        if (property.Value.Record is null)
            return $"{Own(property)}.Or(current.{property.Identifier})";
        var resolved = $"{Own(property)}.Resolve(current.{property.Identifier}, prefix + {SourceWriter.Literal(property.Key + ".")}, mistakes)";
        return property.Value.IsNullable ? resolved : resolved + "!";
    }

    private static void EmitSet(SourceWriter code, RecordModel record, ValueCode values)
    {
        code.Blank().Open("public void Set(global::Experiments.Core.GivenOption option)");
        code.Open("switch (option.Key)");
        EmitCases(code, record, values, "", "");
        // The compiler warns of a switch without a case.
        if (record.Properties.Count == 0)
            code.Line("default:").Line("    break;");
        code.Close();
        code.Close();
    }

    private static void EmitCases(SourceWriter code, RecordModel record, ValueCode values, string prefix, string access)
    {
        foreach (var property in record.Properties)
        {
            var key = SourceWriter.Literal(prefix + property.Key);
            var target = access.Length == 0 ? Own(property) : $"{access}.{Own(property)}";
            if (property.Value.Record is { } nested)
            {
                if (property.Value.IsNullable)
                    code.Line($"case {key}:").Line($"    {target}.IsNull = option.MustBeNull();").Line("    break;");
                EmitCases(code, nested, values, $"{prefix}{property.Key}.", target);
                continue;
            }

            code.Line($"case {key}:");
            code.Line($"    {target} = {Given(property.Value, values)};");
            code.Line("    break;");
        }
    }

    private static string Given(ValueModel value, ValueCode values)
    {
        if (value.Kind == ValueKind.Input)
            return $"option.{(value.IsNullable ? "Input" : "MandatoryInput")}<{value.Type}>()";
        if (value.Kind == ValueKind.Secret)
            return $"option.{(value.IsNullable ? "OptionalSecret" : "Secret")}()";
        if (value.Kind != ValueKind.List)
            return $"option.Value<{value.DeclaredType}>({values.TextReader(value)}, {values.Expected(value)})";
        var list = $"option.List<{value.Element!.DeclaredType}>({values.TextReader(value.Element)}, {values.Expected(value.Element)})";
        var converted = $"{list}.To<{value.DeclaredType}>(static items => {ValueCode.FromArray(value, "items")})";
        return value.IsNullable ? $"option.IsNull ? new global::Experiments.Core.Setting<{value.DeclaredType}>(null) : {converted}" : converted;
    }

    /// <summary>The field of a property; a name that none of the draft's own members has.</summary>
    private static string Own(PropertyModel property) => $"_{property.Name}";
}
