using System.Globalization;
using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>Expressions that read values, and statements that write them.</summary>
/// <param name="names">The names of what is needed for the types.</param>
/// <param name="isIdentity">Whether JSON is written to be hashed, under first-ever names.</param>
internal sealed class ValueCode(Names names, bool isIdentity = false)
{
    private const string Core = "global::Experiments.Core.";

    /// <summary>An expression that reads a value of JSON.</summary>
    public string ReadJson(ValueModel value, string path)
    {
        if (value.IsNullable)
        {
            var helper = value.IsValueType ? "OrNull" : "OrNothing";
            var inner = value with { IsNullable = false };
            return $"{Core}JsonValues.{helper}<{value.Type}>(ref json, {path}, static (ref global::System.Text.Json.Utf8JsonReader json, string path) => {ReadJson(inner, "path")})";
        }

        return value.Kind switch
        {
            ValueKind.Boolean => $"{Core}JsonValues.Boolean(ref json, {path})",
            ValueKind.Integer => $"{Core}JsonValues.Integer<{value.Type}>(ref json, {path})",
            ValueKind.Single or ValueKind.Double or ValueKind.Decimal => $"{Core}JsonValues.Number<{value.Type}>(ref json, {path})",
            ValueKind.String => $"{Core}JsonValues.String(ref json, {path})",
            ValueKind.TimeSpan => $"{Core}JsonValues.TimeSpan(ref json, {path})",
            ValueKind.Secret => $"{Core}JsonValues.Secret(ref json, {path})",
            ValueKind.Enum => $"{Core}JsonValues.Enum(ref json, {path}, {names.Table(value.Enum!)})",
            ValueKind.List => FromArray(value, $"{Core}JsonValues.List<{value.Element!.DeclaredType}>(ref json, {path}, static (ref global::System.Text.Json.Utf8JsonReader json, string path) => {ReadJson(value.Element, "path")})"),
            _ => throw new InvalidOperationException($"no JSON reader for {value.Kind}"),
        };
    }

    /// <summary>The reader of a word, as a method group or delegate.</summary>
    public string TextReader(ValueModel value, bool isId = false)
    {
        if (value.IsNullable)
            return $"{Core}TextValues.{(value.IsValueType ? "OrNull" : "OrNothing")}<{value.Type}>({TextReader(value with { IsNullable = false }, isId)})";
        return value.Kind switch
        {
            ValueKind.Boolean => $"{Core}TextValues.Boolean",
            ValueKind.Integer => $"{Core}TextValues.Integer<{value.Type}>",
            ValueKind.Single or ValueKind.Double or ValueKind.Decimal => $"{Core}TextValues.Number<{value.Type}>",
            ValueKind.String => $"{Core}TextValues.Text",
            ValueKind.TimeSpan => isId ? $"{Core}TextValues.IdTimeSpan" : $"{Core}TextValues.TimeSpan",
            ValueKind.Enum => $"{(isId ? "Generated." : "")}{names.Table(value.Enum!)}.TryParse",
            _ => throw new InvalidOperationException($"no text reader for {value.Kind}"),
        };
    }

    /// <summary>What a value must be, in words, as a C# expression.</summary>
    public string Expected(ValueModel value) => value.Kind switch
    {
        ValueKind.Boolean => SourceWriter.Literal("`true` or `false`"),
        ValueKind.Integer => SourceWriter.Literal($"an integer from {value.Min.ToString(CultureInfo.InvariantCulture)} to {value.Max.ToString(CultureInfo.InvariantCulture)}"),
        ValueKind.Single or ValueKind.Double or ValueKind.Decimal => SourceWriter.Literal("a number"),
        ValueKind.TimeSpan => SourceWriter.Literal("a duration such as `30m` or `00:30:00`"),
        ValueKind.Enum => $"{names.Table(value.Enum!)}.Expected, {names.Table(value.Enum!)}.Names",
        _ => SourceWriter.Literal("text"),
    };

    /// <summary>Writes a value as canonical JSON.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="value">The type of the value.</param>
    /// <param name="access">The value.</param>
    /// <param name="name">What it is the value of.</param>
    /// <param name="locals">The locals of the method that <paramref name="code"/> is in.</param>
    public void WriteJson(SourceWriter code, ValueModel value, string access, string name, Locals locals)
    {
        switch (value.Kind)
        {
            // These write null themselves: a reference may be null whatever its type says.
            case ValueKind.String:
                code.Line($"json.Write({access});");
                break;
            case ValueKind.Record:
                code.Line($"{(isIdentity ? names.Identifier(value.Record!) : names.Writer(value.Record!))}(json, {access});");
                break;
            case ValueKind.Input:
                code.Line($"global::Experiments.Core.Configuration.WriteInput{(isIdentity ? "Identity" : "")}(json, {access});");
                break;
            case var _ when value.IsNullable || !value.IsValueType:
                var given = locals.New(name);
                code.Open($"if ({access} is {{ }} {given})");
                WriteJson(code, value with { IsNullable = false, IsValueType = true }, given, name, locals);
                code.Close().Line("else").Open("").Line("json.WriteNull();").Close();
                break;
            case ValueKind.Enum when value.Enum!.Members.All(m => JsonText.IsPlain(isIdentity ? m.IdentityName : m.Name)):
                code.Line($"json.WriteName({Namer(value.Enum!)}({access}));");
                break;
            case ValueKind.Enum:
                code.Line($"json.Write(global::System.Text.Encoding.UTF8.GetString({Namer(value.Enum!)}({access})));");
                break;
            case ValueKind.List:
                code.Line("json.Append(\"[\"u8);");
                code.Open($"for (var i = 0; i < {Count(value, access)}; i++)");
                code.Line("if (i > 0)").Line("    json.Append(\",\"u8);");
                WriteJson(code, value.Element!, $"{access}[i]", name + "Item", locals);
                code.Close();
                code.Line("json.Append(\"]\"u8);");
                break;
            default:
                code.Line($"json.Write({access});");
                break;
        }
    }

    /// <summary>Writes a value as part of a run id.</summary>
    /// <inheritdoc cref="WriteJson"/>
    public void WriteId(SourceWriter code, ValueModel value, string access, string? format, string name, Locals locals)
    {
        if (value.IsNullable && value.Kind != ValueKind.String)
        {
            var given = locals.New(name);
            code.Open($"if ({access} is {{ }} {given})");
            WriteId(code, value with { IsNullable = false }, given, format, name, locals);
            code.Close().Line("else").Open("").Line("id.WriteNull();").Close();
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Enum:
                code.Line($"id.Append(Generated.{names.IdentityNamer(value.Enum!)}({access}));");
                break;
            case ValueKind.List:
                code.Open($"for (var i = 0; i < {Count(value, access)}; i++)");
                code.Line("if (i > 0)").Line("    id.Append(\",\"u8);");
                WriteId(code, value.Element!, $"{access}[i]", format, name + "Item", locals);
                code.Close();
                break;
            default:
                code.Line(format is null ? $"id.Write({access});" : $"id.Write({access}, {SourceWriter.Literal(format)});");
                break;
        }
    }

    private string Namer(EnumModel model) => isIdentity ? names.IdentityNamer(model) : names.Namer(model);

    /// <summary>Turns an immutable array into the list a property holds.</summary>
    public static string FromArray(ValueModel list, string array) => list.List == ListKind.ImmutableList
        ? $"global::System.Collections.Immutable.ImmutableList.CreateRange({array})"
        : array;

    /// <summary>The number of items of a list; an immutable array that was never set has none.</summary>
    public static string Count(ValueModel list, string access) => list.List == ListKind.ImmutableArray
        ? $"({access}.IsDefault ? 0 : {access}.Length)"
        : $"{access}.Count";
}
