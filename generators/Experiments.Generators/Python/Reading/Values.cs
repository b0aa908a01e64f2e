using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>What is known of a value while a script is read.</summary>
internal abstract class Value
{
    public static readonly Value Unknown = new UnknownValue();

    public static readonly Value None = new ConstantValue(null);
}

internal sealed class UnknownValue : Value;

/// <summary>A string, number, boolean or <c>None</c>.</summary>
internal sealed class ConstantValue(object? value) : Value
{
    public object? Content { get; } = value;

    /// <summary>The value as the word on a command line that means it.</summary>
    public string? Text => Content switch
    {
        string text => text,
        long number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        bool flag => flag ? "True" : "False",
        _ => null,
    };
}

internal sealed class SequenceValue(IReadOnlyList<Value> items) : Value
{
    public List<Value> Items { get; } = [.. items];
}

internal sealed class DictionaryValue(IReadOnlyList<(Value Key, Value Value)> items) : Value
{
    public IReadOnlyList<(Value Key, Value Value)> Items { get; } = items;
}

/// <summary>A function of the script, with what it was defined in.</summary>
internal sealed class FunctionValue(FunctionStatement syntax, Scope scope) : Value
{
    public FunctionStatement Syntax { get; } = syntax;

    public Scope Scope { get; } = scope;

    /// <summary>The command it is, when a decorator makes it one.</summary>
    public CommandLine? Command { get; set; }
}

/// <summary>A method and its receiver.</summary>
internal sealed class MethodValue(FunctionValue function, Value self) : Value
{
    public FunctionValue Function { get; } = function;

    public Value Self { get; } = self;
}

internal sealed class ClassValue(ClassStatement syntax, Scope scope) : Value
{
    public ClassStatement Syntax { get; } = syntax;

    public Scope Scope { get; } = scope;
}

internal sealed class InstanceValue(ClassValue type) : Value
{
    public ClassValue Type { get; } = type;

    public Dictionary<string, Value> Fields { get; } = new(StringComparer.Ordinal);
}

/// <summary>A module among the sources.</summary>
internal sealed class ModuleValue(Scope scope) : Value
{
    public Scope Scope { get; } = scope;
}

/// <summary>Something of a library, by its full name: <c>argparse.ArgumentParser</c>.</summary>
internal sealed class LibraryValue(string name) : Value
{
    public string Name { get; } = name;
}

/// <summary>An argument parser, or a group of its options.</summary>
internal sealed class ParserValue(CommandLine command, string kind) : Value
{
    public CommandLine Command { get; } = command;

    /// <summary>The library it is of: <c>argparse</c>, <c>simple_parsing</c>, <c>hf</c>, <c>typer</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The mutually exclusive group it is; 0: none.</summary>
    public int Group { get; init; }

    public bool IsGroupRequired { get; init; }

    /// <summary>Typed records of its command line.</summary>
    public bool HasRecords { get; set; }
}

/// <summary>What <c>add_subparsers</c> gives.</summary>
internal sealed class SubparsersValue(CommandLine command, string kind) : Value
{
    public CommandLine Command { get; } = command;

    public string Kind { get; } = kind;
}

/// <summary>Names and what they stand for.</summary>
internal sealed class Scope(PythonModule module, Scope? outer)
{
    public PythonModule Module { get; } = module;

    public Scope? Outer { get; } = outer;

    public Dictionary<string, Value> Names { get; } = new(StringComparer.Ordinal);

    public Value Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Names.TryGetValue(name, out var value))
                return value;
        }

        return name is "__name__" ? new ConstantValue(Module.RunsAs) : name is "print" or "len" or "str" or "int" or "float" or "bool" or "list" or "range" or "sorted" or "vars" or "dict" or "tuple" or "enumerate" or "super" or "isinstance" or "hasattr" or "getattr" or "setattr" or "open" or "set" or "repr"
            ? new LibraryValue(name)
            : Value.Unknown;
    }
}
