using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Binds arguments to parameters.</summary>
internal static class Calls
{
    public static void Bind(FunctionStatement function, Value? self, IReadOnlyList<(string? Name, Value Value)> arguments, Scope into, Func<Node, Value> defaults)
    {
        var positional = new Queue<Value>(arguments.Where(argument => argument.Name is null).Select(argument => argument.Value));
        var isSpread = arguments.Any(argument => argument.Name is "*" or "**");
        var isFirst = true;
        foreach (var parameter in function.Parameters)
        {
            if (isFirst && self is not null)
                into.Names[parameter.Name] = self;
            else if (parameter.Star > 0)
                into.Names[parameter.Name] = Value.Unknown;
            else if (!parameter.IsKeywordOnly && positional.Count > 0)
                into.Names[parameter.Name] = positional.Dequeue();
            else if (arguments.FirstOrDefault(argument => argument.Name == parameter.Name).Value is { } named)
                into.Names[parameter.Name] = named;
            else
                into.Names[parameter.Name] = isSpread || parameter.Default is null ? Value.Unknown : defaults(parameter.Default);
            isFirst = false;
        }
    }
}
