using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Libraries that make a command line of a typed record or of a function's signature.</summary>
internal enum RecordStyle
{
    Tyro,
    SimpleParsing,
    Hf,
    Fire,

    /// <summary>Hydra's structured configurations.</summary>
    Hydra,
}

/// <summary>Makes options of the fields of a dataclass, or of the parameters of a function.</summary>
internal sealed class RecordReader(RecordStyle style, Expressions expressions)
{
    private const int MaxDepth = 8;

    private static readonly HashSet<string> _recordDecorators = ["dataclass", "dataclasses.dataclass", "attr.s", "attr.attrs", "attr.dataclass", "attrs.define", "attrs.frozen", "attr.define", "attr.frozen", "chex.dataclass", "flax.struct.dataclass", "pydantic.dataclasses.dataclass"];

    public void Add(Value record, CommandLine command) => Add(record, command, "", 0);

    public void Add(FunctionValue function, CommandLine command)
    {
        foreach (var parameter in function.Syntax.Parameters)
        {
            if (parameter.Star > 0)
            {
                // More words, or options of any name.
                command.IsOpen = true;
                continue;
            }

            Add(parameter.Name, parameter.Annotation, parameter.Default is not null, parameter.Default, function.Scope, command, "", 0);
        }

        command.IsOpen |= function.Syntax.Decorators.Count > 0;
    }

    private void Add(Value record, CommandLine command, string prefix, int depth)
    {
        if (record is not ClassValue type || depth > MaxDepth)
        {
            command.IsOpen = true;
            return;
        }

        var isRecord = type.Syntax.Decorators.Any(decorator => IsRecordDecorator(decorator, type.Scope));
        var bases = Classes.LibraryBases(type).ToList();
        // Other base classes may bring fields; serialisers are known not to.
        command.IsOpen |= !isRecord && !bases.Contains("pydantic.BaseModel") || bases.Any(name => name is not ("abc.ABC" or "pydantic.BaseModel" or "object" or "simple_parsing.Serializable" or "simple_parsing.helpers.Serializable" or "typing.Generic"));
        var seen = new HashSet<string>();
        foreach (var ancestor in Classes.Lineage(type))
        {
            foreach (var field in ancestor.Syntax.Body.OfType<AssignStatement>().Where(field => field.Annotation is not null))
            {
                if (field.Targets[0] is NameNode { Name: var name } && seen.Add(name))
                    Field(name, field, ancestor.Scope, command, prefix, depth);
            }
        }
    }

    private void Field(string name, AssignStatement field, Scope scope, CommandLine command, string prefix, int depth)
    {
        var value = field.Value;
        var hasDefault = value is not null;
        if (value is CallNode call && (call.Target is NameNode { Name: "field" or "Field" or "ib" or "choice" or "list_field" } || call.Target is AttributeNode { Name: "field" or "Field" or "ib" }))
        {
            hasDefault = call.Arguments.Any(argument => argument.Name is "default" or "default_factory" or "factory") || (call.Arguments.Count > 0 && call.Arguments[0].Name is null && call.Arguments[0].Value is not OpaqueNode)
                || call.Arguments.Any(argument => argument.Name == "**");
            if (call.Arguments.Any(argument => argument.Name == "init"))
                return;
            value = call.Arguments.FirstOrDefault(argument => argument.Name == "default")?.Value;
            // Aliases and the like are in the metadata.
            if (call.Arguments.Any(argument => argument.Name is "alias" or "aliases" or "**" or "cmd"))
                command.IsOpen = true;
        }

        if (field.Annotation is SubscriptNode { Target: NameNode { Name: "ClassVar" } or AttributeNode { Name: "ClassVar" } })
            return;
        Add(name, field.Annotation, hasDefault, value, scope, command, prefix, depth);
    }

    private void Add(string name, Node? annotation, bool hasDefault, Node? given, Scope scope, CommandLine command, string prefix, int depth)
    {
        if (style == RecordStyle.Hydra && name == "defaults" && prefix.Length == 0)
        {
            // A defaults list brings the keys of others.
            command.IsOpen = true;
            return;
        }

        var hint = TypeHint.Of(annotation, scope);
        if (hint.Record is { } nested && style != RecordStyle.Fire)
        {
            Add(nested, command, style == RecordStyle.SimpleParsing ? prefix : prefix + name + ".", depth + 1);
            if (style == RecordStyle.Hydra)
                command.Options.Add(new Option([prefix + name]) { Takes = Takes.Unknown });
            return;
        }

        if (hint.IsUnion && style == RecordStyle.Tyro)
        {
            command.IsOpen = true;
            return;
        }

        var flag = given is null ? null : Truth.Flag(expressions.Evaluate(given, scope));
        var (takes, names) = Shape(prefix, name, hint, hasDefault);
        command.Options.Add(new Option(names)
        {
            Takes = takes,
            Type = style == RecordStyle.Fire ? WordType.Any : hint.Type,
            Choices = style == RecordStyle.Fire ? null : style == RecordStyle.Tyro && hint.EnumNames is not null ? hint.EnumNames : hint.Choices,
            IsRequired = style == RecordStyle.Hydra ? given is NameNode { Name: "MISSING" } : !hasDefault,
            Default = flag,
        });
    }

    private (Takes Takes, IReadOnlyList<string> Names) Shape(string prefix, string name, TypeHint hint, bool hasDefault)
    {
        var path = prefix + name;
        var many = hint.IsMany ? Takes.Values : hint.IsKnown ? Takes.Value : Takes.Unknown;
        switch (style)
        {
            case RecordStyle.Tyro:
                var word = path.TrimStart('_');
                return !hint.IsBoolean ? (many, ["--" + word])
                    : !hasDefault || prefix.Length > 0 ? (Takes.Unknown, ["--" + word, "--" + prefix + "no-" + name])
                    : (Takes.NothingOrNo, ["--" + word, "--no-" + word]);
            case RecordStyle.Hf:
                string[] both = ["--" + path, "--" + path.Replace('_', '-')];
                return hint.IsBoolean ? (Takes.OptionalValue, [.. both, "--no_" + path, "--no-" + path.Replace('_', '-')]) : (many, both);
            case RecordStyle.SimpleParsing:
                return hint.IsBoolean ? (Takes.Unknown, ["--" + path, "--no" + path, "--no-" + path]) : (many, ["--" + path]);
            case RecordStyle.Hydra:
                return (Takes.Unknown, [path]);
            default:
                return (Takes.Unknown, ["--" + path, "--no" + path]);
        }
    }

    private static bool IsRecordDecorator(Node decorator, Scope scope)
    {
        var target = decorator is CallNode call ? call.Target : decorator;
        return Classes.Resolve(target, scope) is LibraryValue library && _recordDecorators.Contains(library.Name);
    }
}
