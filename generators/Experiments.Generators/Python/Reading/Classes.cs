using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Classes of the script: methods, constants and instances.</summary>
internal static class Classes
{
    private const int MaxBases = 10;

    public static FunctionValue? Method(ClassValue type, string name) => Lineage(type)
        .SelectMany(ancestor => ancestor.Syntax.Body.OfType<FunctionStatement>().Where(function => function.Name == name && !IsStatic(function)).Select(function => new FunctionValue(function, ancestor.Scope)))
        .FirstOrDefault();

    public static Node? Constant(ClassValue type, string name) => Lineage(type)
        .SelectMany(ancestor => ancestor.Syntax.Body.OfType<AssignStatement>())
        .FirstOrDefault(assignment => assignment.Targets.Any(target => target is NameNode n && n.Name == name))?.Value;

    public static Value Create(ClassValue type, IReadOnlyList<(string? Name, Value Value)> arguments, ScriptReader reader)
    {
        if (LibraryBases(type).Any(name => name.EndsWith("ArgumentParser", StringComparison.Ordinal)))
            return new ParserValue(new CommandLine { IsOpen = true }, "argparse");
        var instance = new InstanceValue(type);
        if (Method(type, "__init__") is { } initialiser)
            reader.Call(initialiser, instance, arguments);
        return instance;
    }

    /// <summary>A class and its ancestors among the sources.</summary>
    public static IEnumerable<ClassValue> Lineage(ClassValue type)
    {
        var open = new Queue<ClassValue>();
        open.Enqueue(type);
        for (var i = 0; i < MaxBases && open.Count > 0; i++)
        {
            var current = open.Dequeue();
            yield return current;
            foreach (var ancestor in current.Syntax.Bases.Where(b => b.Name is null).Select(b => Resolve(b.Value, current.Scope)).OfType<ClassValue>())
                open.Enqueue(ancestor);
        }
    }

    /// <summary>Full names of the ancestors in libraries; empty for one that is not known at all.</summary>
    public static IEnumerable<string> LibraryBases(ClassValue type) => Lineage(type)
        .SelectMany(ancestor => ancestor.Syntax.Bases.Where(b => b.Name is null).Select(b => Resolve(b.Value, ancestor.Scope)))
        .Where(value => value is not ClassValue)
        .Select(value => value is LibraryValue library ? library.Name : "");

    /// <summary>A name or path, without evaluating anything.</summary>
    public static Value Resolve(Node node, Scope scope) => node switch
    {
        NameNode name => scope.Find(name.Name),
        AttributeNode attribute => Resolve(attribute.Target, scope) switch
        {
            LibraryValue library => new LibraryValue($"{library.Name}.{attribute.Name}"),
            ModuleValue module => module.Scope.Find(attribute.Name),
            _ => Value.Unknown,
        },
        _ => Value.Unknown,
    };

    private static bool IsStatic(FunctionStatement function) => function.Decorators.Any(decorator => decorator is NameNode { Name: "staticmethod" or "classmethod" or "property" });
}
