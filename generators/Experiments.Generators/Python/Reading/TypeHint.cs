using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>What a type annotation says of a value on a command line.</summary>
internal sealed record TypeHint
{
    /// <summary>Whether the annotation was understood.</summary>
    public bool IsKnown { get; init; }

    public WordType Type { get; init; }

    public bool IsBoolean { get; init; }

    public bool IsMany { get; init; }

    /// <summary>A union of records, which libraries make sub-commands of.</summary>
    public bool IsUnion { get; init; }

    /// <summary>The values of a literal type or enum; <see langword="null"/>: any.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The names of an enum's members.</summary>
    public IReadOnlyList<string>? EnumNames { get; init; }

    public ClassValue? Record { get; init; }

    public static TypeHint Of(Node? annotation, Scope scope)
    {
        switch (annotation)
        {
            case ConstantNode { Value: string text }:
                var (body, isWhole) = PythonParser.Parse(text);
                return isWhole && body.Count == 1 && body[0] is ExpressionStatement { Value: not ConstantNode } quoted ? Of(quoted.Value, scope) : new TypeHint();
            case BinaryNode { Operator: "|" } union:
                return Union([union.Left, union.Right], scope);
            case SubscriptNode subscript:
                return Generic(subscript, scope);
            case NameNode or AttributeNode:
                return Named(Classes.Resolve(annotation, scope));
            default:
                return new TypeHint();
        }
    }

    private static TypeHint Named(Value value) => value switch
    {
        LibraryValue { Name: "int" } => new TypeHint { IsKnown = true, Type = WordType.Integer },
        LibraryValue { Name: "float" } => new TypeHint { IsKnown = true, Type = WordType.Float },
        LibraryValue { Name: "bool" } => new TypeHint { IsKnown = true, IsBoolean = true },
        LibraryValue { Name: "str" or "pathlib.Path" } => new TypeHint { IsKnown = true },
        ClassValue type when Classes.LibraryBases(type).Any(name => name is "enum.Enum" or "enum.StrEnum" or "enum.IntEnum") => Enum(type),
        ClassValue type when type.Syntax.Decorators.Count > 0 => new TypeHint { IsKnown = true, Record = type },
        _ => new TypeHint(),
    };

    private static TypeHint Enum(ClassValue type)
    {
        var members = type.Syntax.Body.OfType<AssignStatement>().Where(member => member.Targets.Count == 1 && member.Targets[0] is NameNode && member.Annotation is null).ToList();
        var values = members.ConvertAll(member => member.Value is ConstantNode constant ? new ConstantValue(constant.Value).Text : null);
        return new TypeHint
        {
            IsKnown = true,
            EnumNames = members.ConvertAll(member => ((NameNode)member.Targets[0]).Name),
            Choices = values.Contains(null) ? null : values.ConvertAll(value => value!),
        };
    }

    private static TypeHint Generic(SubscriptNode node, Scope scope)
    {
        var items = node.Index is SequenceNode sequence ? sequence.Items : [node.Index];
        var name = node.Target switch { NameNode n => n.Name, AttributeNode a => a.Name, _ => "" };
        switch (name)
        {
            case "Optional":
                return Of(items[0], scope);
            case "Annotated" or "Final" or "Required":
                return Of(items[0], scope);
            case "Union":
                return Union(items, scope);
            case "Literal":
                var texts = items.Select(item => item is ConstantNode constant ? new ConstantValue(constant.Value).Text : null).ToList();
                return new TypeHint { IsKnown = true, Choices = texts.Contains(null) ? null : texts.ConvertAll(text => text!) };
            case "List" or "list" or "Sequence" or "Tuple" or "tuple" or "Set" or "set" or "FrozenSet" or "frozenset" or "Iterable":
                var element = Of(items[0], scope);
                return new TypeHint { IsKnown = true, IsMany = true, Type = element.Type, Choices = element.Choices, EnumNames = element.EnumNames };
            default:
                return new TypeHint();
        }
    }

    private static TypeHint Union(IReadOnlyList<Node> items, Scope scope)
    {
        var types = items.Where(item => item is not ConstantNode { Value: null }).Select(item => Of(item, scope)).ToList();
        return types.Count == 1 ? types[0] : new TypeHint { IsUnion = types.Any(type => type.Record is not null || type.IsUnion) };
    }
}
