using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Commands and groups of click.</summary>
internal static class ClickReader
{
    private static readonly HashSet<string> _harmless = ["pass_context", "pass_obj", "version_option", "help_option", "command", "group", "main"];

    private static readonly HashSet<string> _harmlessSettings = ["help_option_names", "max_content_width", "show_default", "terminal_width"];

    /// <summary>Makes a function the command that its decorators describe.</summary>
    public static void Command(FunctionValue function, IReadOnlyList<(string? Name, Value Value)> arguments, bool isGroup, Expressions expressions)
    {
        var command = new CommandLine { IsCommandRequired = isGroup };
        foreach (var (name, value) in arguments)
        {
            switch (name)
            {
                case "cls" or "**" or "*":
                    command.IsOpen = true;
                    break;
                case "context_settings":
                    command.IsOpen |= Truth.Texts(value) is not { } keys || keys.Any(key => !_harmlessSettings.Contains(key));
                    break;
                case "invoke_without_command":
                    command.IsCommandRequired &= Truth.Flag(value) == false;
                    break;
            }
        }

        foreach (var decorator in function.Syntax.Decorators)
        {
            var call = decorator as CallNode;
            var target = call?.Target ?? decorator;
            var name = target switch { AttributeNode a => a.Name, NameNode n => (Classes.Resolve(n, function.Scope) as LibraryValue)?.Name.Split('.').Last() ?? "", _ => "" };
            if (name == "option" && call is not null)
                Option(command, expressions.Arguments(call, function.Scope), call, function.Scope);
            else if (name == "argument" && call is not null)
                Argument(command, expressions.Arguments(call, function.Scope));
            else
                command.IsOpen |= !_harmless.Contains(name);
        }

        function.Command = command;
    }

    /// <summary>Methods of a group.</summary>
    public static void Extend(FunctionValue group, string method, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        var command = group.Command!;
        if (method != "add_command" || arguments.Count == 0 || arguments[0].Value is not FunctionValue { Command: { } added } function)
        {
            command.IsOpen |= method is not ("command" or "group" or "callback");
            // `cli.command()(function)` and friends: something is added that is not seen here.
            command.IsOpen |= method is "command" or "group";
            return;
        }

        var given = arguments.Skip(1).FirstOrDefault(argument => argument.Name is null or "name").Value;
        var name = given is null ? function.Syntax.Name.ToLowerInvariant().Replace('_', '-') : Truth.Text(given);
        if (name is null)
        {
            command.IsOpen = true;
            return;
        }

        command.Commands[name] = added;
        // Newer versions leave such endings off.
        foreach (var ending in new[] { "-command", "-cmd", "-group", "-grp" }.Where(ending => given is null && name.EndsWith(ending, StringComparison.Ordinal)))
            command.Commands[name.Substring(0, name.Length - ending.Length)] = added;
    }

    private static void Option(CommandLine command, IReadOnlyList<(string? Name, Value Value)> arguments, CallNode call, Scope scope)
    {
        var words = arguments.Where(argument => argument.Name is null).Select(argument => Truth.Text(argument.Value)).ToList();
        if (words.Count == 0 || words.Contains(null) || arguments.Any(argument => argument.Name is "*" or "**" or "cls"))
        {
            command.IsOpen = true;
            return;
        }

        var names = words.SelectMany(word => word!.Split('/')).Select(word => word.Trim()).Where(static word => word.StartsWith("-", StringComparison.Ordinal)).ToList();
        if (names.Count == 0)
        {
            command.IsOpen = true;
            return;
        }

        var isPair = words.OfType<string>().Any(word => word.Contains('/') && word.StartsWith("-", StringComparison.Ordinal));
        var given = Get(arguments, "default");
        var type = TypeOf(call, scope, given, out var choices);
        command.Options.Add(new Option(names)
        {
            Takes = isPair ? Takes.NothingOrNo
                : Truth.Flag(Get(arguments, "is_flag")) == true || Truth.Flag(Get(arguments, "count")) == true ? Takes.Nothing
                : Get(arguments, "flag_value") is not null ? Takes.Unknown
                : Takes.Value,
            Type = type,
            Choices = choices,
            IsRequired = Truth.Flag(Get(arguments, "required")) == true && Get(arguments, "envvar") is null && Get(arguments, "prompt") is null,
            Default = Truth.Flag(given),
        });
    }

    private static void Argument(CommandLine command, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        var name = Truth.Text(arguments.FirstOrDefault(argument => argument.Name is null).Value);
        var isMany = (Get(arguments, "nargs") as ConstantValue)?.Content is long and not 1;
        var isRequired = Truth.Flag(Get(arguments, "required")) ?? (Get(arguments, "default") is null && !isMany);
        command.Positionals.Add(new Positional(name ?? "argument", isRequired && Get(arguments, "envvar") is null, isMany, null));
    }

    private static WordType TypeOf(CallNode call, Scope scope, Value? given, out IReadOnlyList<string>? choices)
    {
        choices = null;
        var type = call.Arguments.FirstOrDefault(argument => argument.Name == "type")?.Value;
        if (type is CallNode { Target: AttributeNode { Name: "Choice" } or NameNode { Name: "Choice" } } choice && choice.Arguments.Count > 0)
        {
            // Choices that ignore case take more than they list.
            if (choice.Arguments.Count == 1 && choice.Arguments[0].Value is SequenceNode list)
            {
                var texts = list.Items.Select(item => (item as ConstantNode)?.Value as string).ToList();
                choices = texts.Contains(null) ? null : texts.ConvertAll(text => text!);
            }

            return WordType.Any;
        }

        var name = type switch { NameNode n => n.Name, AttributeNode a => a.Name, CallNode { Target: AttributeNode a } => a.Name, CallNode { Target: NameNode n } => n.Name, _ => "" };
        return name switch
        {
            "int" or "INT" or "IntRange" => WordType.Integer,
            "float" or "FLOAT" or "FloatRange" => WordType.Float,
            "" when type is null && given is ConstantValue { Content: long } => WordType.Integer,
            "" when type is null && given is ConstantValue { Content: double } => WordType.Float,
            _ => WordType.Any,
        };
    }

    private static Value? Get(IReadOnlyList<(string? Name, Value Value)> arguments, string name) => arguments.FirstOrDefault(argument => argument.Name == name).Value;
}
