using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>The typed command line: options, parsing, overriding, help.</summary>
internal static class ArgumentsEmitter
{
    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        var type = experiment.Type;
        var names = Names.Of(experiment.Record);
        var name = SourceWriter.Literal(experiment.Name);
        code.OpenType(type);

        code.Documented("The options of <see cref=\"Parse\"/>: names, types, bounds, defaults.");
        code.Line("public static string Help => Generated.Help();");

        code.Documented(
            "Reads a configuration from a command line: <c>--learning-rate 0.1</c> or <c>learning_rate=0.1</c>. What is not given keeps its default.",
            "<exception cref=\"global::Experiments.ExperimentsException\">EXP8010: an option is unknown, malformed, missing or out of bounds; all mistakes are listed.</exception>");
        code.Open($"public static {type.FullName} Parse(global::System.Collections.Generic.IReadOnlyList<string> args)");
        code.Line("if (TryParse(args, out var config, out var mistakes))");
        code.Line("    return config;");
        code.Line($"mistakes.ThrowIfAny(\"EXP8010\", {SourceWriter.Literal($"`{experiment.Name}`")});");
        code.Line("throw new global::System.Diagnostics.UnreachableException();");
        code.Close();

        code.Documented(
            "Reads a configuration from a command line, or says all that is wrong with it.",
            "<param name=\"args\">The words.</param>",
            "<param name=\"config\">The configuration; <see langword=\"null\"/> when something is wrong.</param>",
            "<param name=\"mistakes\">What is wrong; empty when nothing is.</param>");
        code.Open($"public static bool TryParse(global::System.Collections.Generic.IReadOnlyList<string> args, [global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out {type.FullName}? config, out global::Experiments.Mistakes mistakes)");
        code.Line("mistakes = new global::Experiments.Mistakes();");
        code.Line("config = global::Experiments.Core.Configuration.Create(Generated.Given(args, mistakes), mistakes);");
        code.Line("return config is not null;");
        code.Close();

        code.Documented(
            "This configuration with some options changed: <c>config.With([\"--learning-rate\", \"0.1\"])</c>.",
            "<exception cref=\"global::Experiments.ExperimentsException\">EXP8010: an option is unknown, malformed or out of bounds; all mistakes are listed.</exception>");
        code.Line($"public {type.FullName} With(global::System.Collections.Generic.IReadOnlyList<string> overrides) => global::Experiments.Core.Configuration.Validated(Generated.Overriding(overrides)(this));");

        code.Blank();
        code.Line($"static global::System.Func<{type.FullName}, {type.FullName}> global::Experiments.IExperiment<{type.FullName}>.Overriding(global::System.Collections.Generic.IReadOnlyList<string> overrides) => Generated.Overriding(overrides);");

        code.Blank().Open("private static partial class Generated");
        EmitOptions(code, experiment, names);
        code.Blank().Open("public static Draft Given(global::System.Collections.Generic.IReadOnlyList<string> args, global::Experiments.Mistakes mistakes)");
        code.Line("var draft = new Draft();");
        code.Line($"foreach (var option in global::Experiments.Core.OptionReader.Read(args, Options, {name}, mistakes))");
        code.Line("    draft.Set(option);");
        code.Line("return draft;");
        code.Close();
        code.Blank().Open($"public static global::System.Func<{type.FullName}, {type.FullName}> Overriding(global::System.Collections.Generic.IReadOnlyList<string> overrides)");
        code.Line("var mistakes = new global::Experiments.Mistakes();");
        code.Line("var draft = Given(overrides, mistakes);");
        code.Line($"mistakes.ThrowIfAny(\"EXP8010\", {SourceWriter.Literal($"`{experiment.Name}`")});");
        code.Line("return global::Experiments.Core.Configuration.Overriding(draft);");
        code.Close();
        code.Blank().Open("public static string Help()");
        code.Line("var json = global::Experiments.Core.CanonicalJson.Rent();");
        code.Line($"Write(json, {Creation.Defaults(experiment.Record)});");
        code.Line($"var help = global::Experiments.Core.HelpText.Write({name}, {SourceWriter.Literal(experiment.Summary)}, Options, json.Written);");
        code.Line("json.Return();");
        code.Line("return help;");
        code.Close();
        code.Close();
        code.CloseType();
    }

    private static void EmitOptions(SourceWriter code, ExperimentModel experiment, Names names)
    {
        code.Blank();
        code.Line("public static readonly global::System.Collections.Immutable.ImmutableArray<global::Experiments.Core.Option> Options =").Line("[");
        foreach (var (path, property) in OptionPaths.Of(experiment.Record))
        {
            var value = property.Value.Element ?? property.Value;
            var kind = property.Value.Kind == ValueKind.List ? "List" : value.Kind == ValueKind.Boolean ? "Flag" : "Value";
            code.Line($"    new({SourceWriter.Literal(path)}, global::Experiments.Core.OptionKind.{kind}, {SourceWriter.Literal(TypeWord(value))})");
            code.Line("    {");
            if (Values(value, property) is { Length: > 0 } values)
                code.Line($"        Values = {SourceWriter.Literal(values)},");
            if (property.Summary.Length > 0)
                code.Line($"        Summary = {SourceWriter.Literal(property.Summary)},");
            if (property.IsMandatory)
                code.Line("        IsMandatory = true,");
            code.Line("    },");
        }

        code.Line("];");
    }

    private static string TypeWord(ValueModel value) => value.Kind switch
    {
        ValueKind.Boolean => "BOOL",
        ValueKind.Integer => "INTEGER",
        ValueKind.Single or ValueKind.Double or ValueKind.Decimal => "NUMBER",
        ValueKind.TimeSpan => "DURATION",
        ValueKind.Enum => "NAME",
        ValueKind.Input => "JSON",
        ValueKind.Secret => "SECRET",
        ValueKind.Record => "null",
        _ => "TEXT",
    };

    private static string Values(ValueModel value, PropertyModel property)
    {
        if (value.Kind == ValueKind.Secret)
            return "env:VARIABLE | file:PATH";
        if (value.Enum is { } model)
            return string.Join(" | ", model.Members.Where(m => !m.IsAlias).Select(m => m.Name));
        if (property.Checks.FirstOrDefault(c => c.Kind == CheckKind.Allowed) is { } allowed)
            return string.Join(" | ", allowed.Values.Select(v => v.Text));
        return property.Checks.FirstOrDefault(c => c.Kind == CheckKind.Range) is { } range && value.IsNumber ? Bounds(range) : "";
    }

    private static string Bounds(CheckModel range)
    {
        var min = range.Min.TrimEnd('F', 'M', 'L', 'U');
        var max = range.Max.TrimEnd('F', 'M', 'L', 'U');
        var low = min.Length == 0 ? "" : range.IsMinExclusive ? $"above {min}" : max.Length > 0 && !range.IsMaxExclusive ? $"from {min}" : $"{min} or more";
        var high = max.Length == 0 ? "" : range.IsMaxExclusive ? $"below {max}" : min.Length > 0 && !range.IsMinExclusive ? $"to {max}" : $"{max} or less";
        var isSpan = low.StartsWith("from ", StringComparison.Ordinal);
        return low.Length == 0 || high.Length == 0 ? low + high : isSpan ? $"{low} {high}" : $"{low} and {high}";
    }
}
