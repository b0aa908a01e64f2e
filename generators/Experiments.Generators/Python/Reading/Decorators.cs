using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Decorators that make a function a command: click's, typer's and Hydra's.</summary>
internal static class Decorators
{
    public static void Apply(FunctionValue function, ScriptReader reader, Expressions expressions)
    {
        var decorators = function.Syntax.Decorators;
        for (var i = decorators.Count - 1; i >= 0; i--)
        {
            var call = decorators[i] as CallNode;
            var target = call?.Target ?? decorators[i];
            var arguments = call is null ? [] : expressions.Arguments(call, function.Scope);
            var owner = target is AttributeNode attribute ? expressions.Evaluate(attribute.Target, function.Scope) : null;
            var name = (target as AttributeNode)?.Name ?? "";
            switch (owner)
            {
                case ParserValue { Kind: "typer" } app:
                    TyperReader.Extend(app, name, [(null, function), .. arguments], expressions, reader);
                    continue;
                case FunctionValue { Command: { } } group when name is "command" or "group":
                    ClickReader.Command(function, arguments, isGroup: name == "group", expressions);
                    ClickReader.Extend(group, "add_command", [(null, function), .. arguments.Where(argument => argument.Name is null or "name")]);
                    continue;
            }

            if (Classes.Resolve(target, function.Scope) is not LibraryValue library)
                continue;
            if (library.Name is "click.command" or "click.group" or "rich_click.command" or "rich_click.group")
                ClickReader.Command(function, arguments, library.Name.EndsWith("group", StringComparison.Ordinal), expressions);
            else if (library.Name == "hydra.main")
                function.Command = HydraReader.Read(function, arguments, reader, expressions);
        }
    }
}
