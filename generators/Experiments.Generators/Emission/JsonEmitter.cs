using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>Canonical JSON: writing, what is hashed of it, reading, converting.</summary>
internal static class JsonEmitter
{
    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        var type = experiment.Type;
        var names = Names.Of(experiment.Record);
        var values = new ValueCode(names);
        var converter = $"[global::System.Text.Json.Serialization.JsonConverter(typeof(global::Experiments.Core.ConfigurationConverter<{type.FullName}>))]";
        code.OpenType(type, "", experiment.HasJsonConverter ? [] : [converter]);

        code.Documented("Hash of the configuration's canonical JSON: equal configurations have equal hashes on every machine and version.");
        code.Line("public global::Experiments.ContentHash GetContentHash() => global::Experiments.Core.Configuration.Hash(this);");
        code.Documented("The configuration's canonical JSON: sorted keys, no white space, every property.");
        code.Line("public string ToJson() => global::Experiments.Core.Configuration.ToJson(this);");
        code.Documented("Writes the configuration's canonical JSON.");
        code.Line("public void WriteTo(global::System.Text.Json.Utf8JsonWriter writer) => global::Experiments.Core.Configuration.WriteTo(this, writer);");
        code.Documented(
            "Reads a configuration from JSON. Keys that are missing keep their defaults; unknown ones are refused.",
            "<param name=\"json\">UTF-8 text of one object.</param>",
            "<exception cref=\"global::Experiments.ExperimentsException\">EXP8011: the text is not a configuration of this experiment.</exception>");
        code.Line($"public static {type.FullName} Read(global::System.ReadOnlySpan<byte> json) => global::Experiments.Core.Configuration.Read<{type.FullName}>(json);");

        code.Blank();
        code.Line($"static {type.FullName} global::Experiments.IExperiment<{type.FullName}>.Read(ref global::System.Text.Json.Utf8JsonReader json) => global::Experiments.Core.Configuration.Read(new Generated.Draft(), ref json);");

        code.Blank();
        code.Line($"void global::Experiments.IExperiment<{type.FullName}>.WriteTo(global::Experiments.Core.CanonicalJson json) => Generated.Write(json, this);");

        var hasOwnIdentity = experiment.Record.HasOwnIdentity;
        if (hasOwnIdentity)
        {
            code.Blank();
            code.Line($"void global::Experiments.IExperiment<{type.FullName}>.WriteIdentity(global::Experiments.Core.CanonicalJson json) => Generated.Identify(json, this);");
        }

        IdentityEmitter.Emit(code, experiment);

        code.Blank().Open("private static partial class Generated");
        foreach (var model in names.Enums)
            EmitEnum(code, names, model);
        foreach (var record in names.Records)
            EmitWriter(code, names.Writer(record), record, values, Selection.Everything);
        var identity = new ValueCode(names, isIdentity: true);
        foreach (var record in names.Records.Where(record => record.HasOwnIdentity))
            EmitWriter(code, names.Identifier(record), record, identity, Selection.Identity);
        if (experiment.Id.HasHash && experiment.Id.Parts.Any(p => p.Path.Length > 0))
            EmitWriter(code, "Hashed", experiment.Record, identity, new Selection(true, experiment.Id, ""));
        code.Close();
        code.CloseType();
    }

    private static void EmitEnum(SourceWriter code, Names names, EnumModel model)
    {
        code.Blank();
        code.Line($"public static readonly global::Experiments.Core.EnumNames<{model.Type}> {names.Table(model)} = new(");
        var former = string.Join(", ", model.Members.SelectMany(m => m.FormerNames.Select(name => $"({SourceWriter.Literal(name)}, {m.Code})")));
        var end = former.Length == 0 ? ");" : $") {{ Former = [{former}] }};";
        for (var i = 0; i < model.Members.Count; i++)
            code.Line($"    ({SourceWriter.Literal(model.Members[i].Name)}, {model.Members[i].Code}){(i < model.Members.Count - 1 ? "," : end)}");
        if (model.Members.Count == 0)
            code.Line("    );");
        EmitNamer(code, model, names.Namer(model), member => member.Name);
        if (model.HasFormerNames)
            EmitNamer(code, model, names.IdentityNamer(model), member => member.IdentityName);
    }

    private static void EmitNamer(SourceWriter code, EnumModel model, string method, Func<EnumMemberModel, string> name)
    {
        code.Blank();
        code.Open($"public static global::System.ReadOnlySpan<byte> {method}({model.Type} value) => value switch");
        foreach (var member in model.Members.Where(m => !m.IsAlias))
            code.Line($"{member.Code} => {SourceWriter.Utf8(name(member))},");
        code.Line("_ => global::System.Text.Encoding.UTF8.GetBytes(value.ToString()),");
        code.Close(";");
    }

    private static void EmitWriter(SourceWriter code, string name, RecordModel record, ValueCode values, Selection selection)
    {
        code.Blank().Open($"public static void {name}(global::Experiments.Core.CanonicalJson json, {record.Type}? config)");
        code.Open("if (config is null)").Line("json.WriteNull();").Line("return;").Close().Line();
        if (!record.IsSealed)
            code.Line($"global::Experiments.Core.CanonicalJson.Exactly<{record.Type}>(config);");
        EmitObject(code, record, values, selection, "config", new Locals("json", "config", "i"));
        code.Close();
    }

    private static void EmitObject(SourceWriter code, RecordModel record, ValueCode values, Selection selection, string access, Locals locals)
    {
        var separator = "{";
        foreach (var property in record.Properties.Where(selection.Has).OrderBy(selection.KeyOf, StringComparer.Ordinal))
        {
            code.Line($"json.Append({SourceWriter.Utf8($"{separator}{JsonText.Quote(selection.KeyOf(property))}:")});");
            var inner = $"{access}.{property.Identifier}";
            if (property.Value is { Record: { } nested, IsNullable: false } && selection.Splits(property))
                EmitObject(code, nested, values, selection.Inside(property), inner, locals);
            else
                values.WriteJson(code, property.Value, inner, property.Name, locals);
            separator = ",";
        }

        code.Line($"json.Append({SourceWriter.Utf8(separator == "{" ? "{}" : "}")});");
    }

    /// <summary>Which properties a writer writes, and under which names.</summary>
    /// <param name="IsIdentity">What content hashes are made of: first-ever names, no secrets.</param>
    /// <param name="Template">The id template whose properties are left out.</param>
    /// <param name="Path">The path of the record, with a dot.</param>
    private sealed record Selection(bool IsIdentity, TemplateModel? Template, string Path)
    {
        public static Selection Everything { get; } = new(false, null, "");

        public static Selection Identity { get; } = new(true, null, "");

        public bool Has(PropertyModel property) =>
            Template?.Names(Path + property.Name) != true && !(IsIdentity && property.Value.Kind == ValueKind.Secret);

        public string KeyOf(PropertyModel property) => IsIdentity ? property.IdentityKey : property.Key;

        public bool Splits(PropertyModel property) => Template?.Parts.Any(p => p.Path.StartsWith($"{Path}{property.Name}.", StringComparison.Ordinal)) == true;

        public Selection Inside(PropertyModel property) => this with { Path = $"{Path}{property.Name}." };
    }
}
