using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>The typed run id: written, read back into its components, compared.</summary>
internal static class RunIdEmitter
{
    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        var type = experiment.Type;
        var values = new ValueCode(Names.Of(experiment.Record));
        var components = Components(experiment.Id);
        code.OpenType(type);

        code.Documented($"The run id: <c>{SourceWriter.Xml(experiment.Id.Text)}</c>.");
        code.Line("public RunId Id => Generated.Id(this);");
        code.Blank();
        code.Line($"void global::Experiments.IExperiment<{type.FullName}>.WriteId(global::Experiments.Core.IdText id) => Generated.WriteId(id, this);");

        EmitStruct(code, experiment, components, values);

        code.Blank().Open("private static partial class Generated");
        EmitFromConfig(code, experiment, components);
        EmitFormat(code, experiment, components, values);
        EmitPattern(code, experiment.Id);
        code.Close();
        code.CloseType();
    }

    private static IReadOnlyList<TemplatePart> Components(TemplateModel template) =>
        template.Parts.Where(p => p.Kind != TemplatePartKind.Literal).GroupBy(p => p.Component).Select(g => g.First()).ToList();

    private static string ComponentType(TemplatePart part) =>
        part.Kind == TemplatePartKind.Hash ? "global::Experiments.ContentHash" : part.Value!.DeclaredType;

    private static string Parameters(IReadOnlyList<TemplatePart> components) =>
        string.Concat(components.Select(c => $", {ComponentType(c)} {Local(c)}"));

    private static void EmitStruct(SourceWriter code, ExperimentModel experiment, IReadOnlyList<TemplatePart> components, ValueCode values)
    {
        code.Documented($"Id of a run of <c>{experiment.Name}</c>: <c>{SourceWriter.Xml(experiment.Id.Text)}</c>. Ids are equal when their texts are.");
        code.Open("public readonly partial struct RunId : global::System.IEquatable<RunId>, global::System.IComparable<RunId>, global::System.ISpanFormattable, global::System.IUtf8SpanFormattable, global::System.ISpanParsable<RunId>");
        code.Line("private readonly string? _text;");
        code.Blank();
        code.Open($"internal RunId(string text{Parameters(components)})");
        code.Line("_text = text;");
        foreach (var component in components)
            code.Line($"this.{Identifier(component)} = {Local(component)};");
        code.Close();
        foreach (var component in components)
        {
            code.Blank();
            code.Line(component.Kind == TemplatePartKind.Hash
                ? "/// <summary>Hash of every property the id does not name, as far as its digits go.</summary>"
                : $"/// <summary>The part of the id that is <c>{component.Path}</c>{(component.Format is null ? "" : ", as far as its format keeps it")}.</summary>");
            code.Line($"public {ComponentType(component)} {Identifier(component)} {{ get; }}");
        }

        code.Blank();
        code.Raw("""
            /// <summary>Reads an id.</summary>
            /// <exception cref="global::System.FormatException">The text is not an id of this experiment.</exception>
            public static RunId Parse(string s, global::System.IFormatProvider? provider = null) =>
                TryParse(s, provider, out var id) ? id : throw new global::System.FormatException($"expected a run id like `{Template}`, got `{s}`");

            /// <inheritdoc cref="Parse(string, global::System.IFormatProvider?)"/>
            public static RunId Parse(global::System.ReadOnlySpan<char> s, global::System.IFormatProvider? provider = null) => Parse(s.ToString(), provider);

            /// <summary>Reads an id; <see langword="false"/> when the text is not exactly what an id of this experiment is written as.</summary>
            public static bool TryParse([global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? s, out RunId result) => TryParse(s, null, out result);

            /// <inheritdoc cref="TryParse(string?, out RunId)"/>
            public static bool TryParse(global::System.ReadOnlySpan<char> s, global::System.IFormatProvider? provider, out RunId result) => TryParse(s.ToString(), provider, out result);

            """);
        EmitTryParse(code, experiment.Id, components, values);
        code.Blank();
        code.Line($"private const string Template = {SourceWriter.Literal(experiment.Id.Text)};");
        code.Blank();
        code.Raw("""
            /// <summary>The id as text: a portable relative path.</summary>
            public override string ToString() => _text ?? "";

            /// <inheritdoc/>
            public string ToString(string? format, global::System.IFormatProvider? formatProvider) => _text ?? "";

            /// <inheritdoc/>
            public bool TryFormat(global::System.Span<char> destination, out int charsWritten, global::System.ReadOnlySpan<char> format = default, global::System.IFormatProvider? provider = null)
            {
                var isWritten = ToString().TryCopyTo(destination);
                charsWritten = isWritten ? ToString().Length : 0;
                return isWritten;
            }

            /// <inheritdoc/>
            public bool TryFormat(global::System.Span<byte> utf8Destination, out int bytesWritten, global::System.ReadOnlySpan<char> format = default, global::System.IFormatProvider? provider = null) =>
                global::System.Text.Encoding.UTF8.TryGetBytes(ToString(), utf8Destination, out bytesWritten);

            /// <inheritdoc/>
            public bool Equals(RunId other) => string.Equals(_text, other._text, global::System.StringComparison.Ordinal);

            /// <inheritdoc/>
            public override bool Equals(object? obj) => obj is RunId other && Equals(other);

            /// <inheritdoc/>
            public override int GetHashCode() => ToString().GetHashCode(global::System.StringComparison.Ordinal);

            /// <summary>Compares the texts, ordinally.</summary>
            public int CompareTo(RunId other) => string.CompareOrdinal(_text, other._text);

            /// <summary>Whether two ids are equal.</summary>
            public static bool operator ==(RunId left, RunId right) => left.Equals(right);

            /// <summary>Whether two ids differ.</summary>
            public static bool operator !=(RunId left, RunId right) => !left.Equals(right);
            """);
        code.Close();
    }

    private static void EmitTryParse(SourceWriter code, TemplateModel template, IReadOnlyList<TemplatePart> components, ValueCode values)
    {
        code.Line("/// <inheritdoc cref=\"TryParse(string?, out RunId)\"/>");
        code.Open("public static bool TryParse([global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? s, global::System.IFormatProvider? provider, out RunId result)");
        code.Line("result = default;");
        code.Line("if (s is null || !Generated.Pattern.TryMatch(s, out var parts))");
        code.Line("    return false;");
        var holes = template.Parts.Where(p => p.Kind != TemplatePartKind.Literal).ToList();
        foreach (var component in components)
            EmitComponent(code, component, $"parts[{holes.FindIndex(h => h.Component == component.Component)}]", values);
        var locals = string.Concat(components.Select(c => ", " + Local(c)));
        code.Line("// Only the exact text: `1e-05` is an id where `0.00001` is not.");
        code.Line("var text = global::Experiments.Core.IdText.Rent();");
        code.Line($"Generated.WriteId(text{locals});");
        code.Line("var isExact = text.ToString() == s;");
        code.Line("text.Return();");
        code.Line("if (isExact)");
        code.Line($"    result = new RunId(s{locals});");
        code.Line("return isExact;");
        code.Close();
    }

    private static void EmitComponent(SourceWriter code, TemplatePart part, string text, ValueCode values)
    {
        var local = Local(part);
        switch (part.Kind)
        {
            case TemplatePartKind.Flag:
                code.Line($"{part.Value!.DeclaredType} {local} = {text}.Length > 0;");
                break;
            case TemplatePartKind.Hash:
                code.Line($"if (!global::Experiments.ContentHash.TryParse({text}.PadRight(global::Experiments.ContentHash.DigitCount, '0'), out var {local}))");
                code.Line("    return false;");
                break;
            case TemplatePartKind.Property when part.Value!.Kind == ValueKind.List:
                var element = part.Value.Element!;
                code.Line($"if (!global::Experiments.Core.TextValues.IdList<{element.DeclaredType}>({text}, {values.TextReader(element, isId: true)}, out var {local}Items))");
                code.Line("    return false;");
                code.Line($"{part.Value.DeclaredType} {local} = {ValueCode.FromArray(part.Value, local + "Items")};");
                break;
            case TemplatePartKind.Property when part.Format is not null && part.Value!.Kind == ValueKind.TimeSpan:
                code.Line($"if (!global::System.TimeSpan.TryParseExact({text}, {SourceWriter.Literal(part.Format)}, global::System.Globalization.CultureInfo.InvariantCulture, out var {local}))");
                code.Line("    return false;");
                break;
            default:
                var reader = values.TextReader(part.Value!, isId: true);
                code.Line(part.Value!.IsNullable
                    ? $"if (!{reader}({text}, out var {local}))"
                    : $"if (!{reader}({text}, out {part.Value.Type} {local}))");
                code.Line("    return false;");
                break;
        }
    }

    private static void EmitFromConfig(SourceWriter code, ExperimentModel experiment, IReadOnlyList<TemplatePart> components)
    {
        var hash = components.FirstOrDefault(c => c.Kind == TemplatePartKind.Hash);
        var arguments = string.Concat(components.Select(c => c.Kind == TemplatePartKind.Hash ? ", Hash(config)" : $", config.{c.Access}"));
        var record = experiment.Record.Type;
        code.Blank().Open($"public static RunId Id({record} config)");
        code.Line("var text = global::Experiments.Core.IdText.Rent();");
        code.Line("WriteId(text, config);");
        code.Line($"var id = new RunId(text.ToString(){arguments});");
        code.Line("text.Return();");
        code.Line("return id;");
        code.Close();
        code.Blank();
        code.Line($"public static void WriteId(global::Experiments.Core.IdText id, {record} config) => WriteId(id{arguments});");
        if (hash is null)
            return;
        var digits = experiment.Id.Parts.Where(p => p.Kind == TemplatePartKind.Hash).Max(p => p.Digits);
        code.Blank().Open($"private static global::Experiments.ContentHash Hash({record} config)");
        code.Line("var json = global::Experiments.Core.CanonicalJson.Rent();");
        code.Line($"{(experiment.Id.Parts.Any(p => p.Path.Length > 0) ? "Hashed" : experiment.Record.HasOwnIdentity ? "Identify" : "Write")}(json, config);");
        code.Line($"var hash = global::Experiments.ContentHash.Compute(json.Written){(digits < 32 ? $".Truncate({digits})" : "")};");
        code.Line("json.Return();");
        code.Line("return hash;");
        code.Close();
    }

    private static void EmitFormat(SourceWriter code, ExperimentModel experiment, IReadOnlyList<TemplatePart> components, ValueCode values)
    {
        code.Blank().Open($"public static void WriteId(global::Experiments.Core.IdText id{Parameters(components)})");
        var locals = new Locals(["id", "i", .. components.Select(Local)]);
        foreach (var part in experiment.Id.Parts)
        {
            var local = part.Kind == TemplatePartKind.Literal ? "" : Local(part);
            switch (part.Kind)
            {
                case TemplatePartKind.Literal:
                    code.Line($"id.Append({SourceWriter.Utf8(part.Text)});");
                    break;
                case TemplatePartKind.Flag:
                    code.Line($"if ({local}{(part.Value!.IsNullable ? " == true" : "")})");
                    code.Line($"    id.Append({SourceWriter.Utf8(part.Text)});");
                    break;
                case TemplatePartKind.Hash:
                    code.Line($"id.Write({local}, {part.Digits});");
                    break;
                default:
                    values.WriteId(code, part.Value!, local, part.Format, part.Component, locals);
                    break;
            }
        }

        code.Close();
    }

    private static void EmitPattern(SourceWriter code, TemplateModel template)
    {
        code.Blank();
        code.Line("public static readonly global::Experiments.Core.IdPattern Pattern = new(");
        for (var i = 0; i < template.Parts.Count; i++)
            code.Line($"    global::Experiments.Core.IdPart.{Pattern(template.Parts[i])}{(i < template.Parts.Count - 1 ? "," : ");")}");
    }

    private static string Pattern(TemplatePart part) => part.Kind switch
    {
        TemplatePartKind.Literal => $"Literal({SourceWriter.Literal(part.Text)})",
        TemplatePartKind.Flag => $"Flag({SourceWriter.Literal(part.Text)})",
        TemplatePartKind.Hash => $"Hash({part.Digits})",
        _ when part.Format is not null => "Text()",
        _ => part.Value!.Kind switch
        {
            ValueKind.Boolean => Choice(["true", "false"], part.Value),
            ValueKind.Enum => Choice(part.Value.Enum!.Members.Where(m => !m.IsAlias).Select(m => m.IdentityName), part.Value),
            ValueKind.String => "Text()",
            ValueKind.List => "Text()",
            _ => "Number()",
        },
    };

    private static string Choice(IEnumerable<string> names, ValueModel value) =>
        $"Choice({string.Join(", ", names.Concat(value.IsNullable ? ["null"] : []).Select(SourceWriter.Literal))})";

    /// <summary>A component as parameter and local variable; the names of the methods' own stay theirs.</summary>
    private static string Local(TemplatePart part)
    {
        var local = Names.Local(part.Component);
        return local is "text" or "id" or "s" or "provider" or "result" or "parts" or "isExact" or "config" or "i" ? local + "Part" : local;
    }

    private static string Identifier(TemplatePart part) => Parsing.Symbols.Escape(part.Component);
}
