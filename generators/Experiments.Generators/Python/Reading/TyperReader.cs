using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Apps and commands of typer.</summary>
internal static class TyperReader
{
    public static ParserValue Create(IReadOnlyList<(string? Name, Value Value)> arguments) => new(
        new CommandLine { IsOpen = arguments.Any(argument => argument.Name is "cls" or "context_settings" or "callback" or "**" or "*"), IsCommandRequired = arguments.All(argument => argument.Name != "invoke_without_command") }, "typer");

    /// <summary>What happens to an app: a decorator, another app added, or its call, which parses the command line.</summary>
    public static void Extend(ParserValue app, string method, IReadOnlyList<(string? Name, Value Value)> arguments, Expressions expressions, ScriptReader reader)
    {
        var command = app.Command;
        var first = arguments.Count > 0 ? arguments[0].Value : null;
        command.IsOpen |= arguments.Any(argument => argument.Name is "cls" or "context_settings" or "**" or "*");
        switch (method)
        {
            case "command" when first is FunctionValue function:
                var name = Truth.Text(arguments.Skip(1).FirstOrDefault(argument => argument.Name is null or "name").Value) ?? function.Syntax.Name.ToLowerInvariant().Replace('_', '-');
                command.Commands[name] = Command(function, expressions);
                break;
            case "callback" when first is FunctionValue callback:
                var own = Command(callback, expressions);
                command.Options.AddRange(own.Options);
                command.Positionals.AddRange(own.Positionals);
                command.IsOpen |= own.IsOpen;
                command.IsCommandRequired &= arguments.All(argument => argument.Name != "invoke_without_command");
                app.HasRecords = true;
                break;
            case "add_typer" when first is ParserValue { Kind: "typer" } inner && Truth.Text(arguments.FirstOrDefault(argument => argument.Name == "name").Value) is { } group:
                command.Commands[group] = inner.Command;
                app.HasRecords = true;
                break;
            case "":
                // One command without a callback is the whole program.
                reader.Parses(command is { Commands.Count: 1 } && !app.HasRecords && !command.IsOpen ? command.Commands.Values.Single() : command);
                break;
            default:
                command.IsOpen = true;
                break;
        }
    }

    /// <summary>The command line of a function.</summary>
    public static CommandLine Command(FunctionValue function, Expressions expressions)
    {
        var command = new CommandLine { IsOpen = function.Syntax.Decorators.Count > 1 };
        foreach (var parameter in function.Syntax.Parameters)
        {
            if (parameter.Star > 0)
                command.IsOpen = true;
            else if (!IsContext(parameter.Annotation))
                Add(parameter, function.Scope, command, expressions);
        }

        return command;
    }

    private static void Add(Parameter parameter, Scope scope, CommandLine command, Expressions expressions)
    {
        var hint = TypeHint.Of(parameter.Annotation, scope);
        // `x: int = typer.Option(1, "--x")` or `x: Annotated[int, typer.Option("--x")] = 1`.
        var annotated = parameter.Annotation is SubscriptNode { Index: SequenceNode parts } ? parts.Items.OfType<CallNode>().FirstOrDefault(IsDeclaration) : null;
        var declaration = annotated ?? (parameter.Default is CallNode call && IsDeclaration(call) ? call : null);
        var given = annotated is not null || declaration is null ? parameter.Default : declaration.Arguments.FirstOrDefault(argument => argument.Name is null or "default")?.Value;
        var words = declaration?.Arguments.Where(argument => argument.Name is null).Skip(annotated is null ? 1 : 0).Select(argument => (argument.Value as ConstantNode)?.Value as string).ToList() ?? [];
        if (words.Contains(null) || (declaration is not null && declaration.Arguments.Any(argument => argument.Name is "*" or "**" or "parser" or "click_type" or "callback" or "is_flag")))
        {
            command.IsOpen = true;
            return;
        }

        var isRequired = given is null or OpaqueNode && declaration?.Arguments.All(argument => argument.Name is not ("envvar" or "prompt" or "default_factory")) != false;
        if (declaration is null ? parameter.Default is null : NameOf(declaration) == "Argument")
        {
            command.Positionals.Add(new Positional(parameter.Name, isRequired, hint.IsMany, hint.Choices));
            return;
        }

        var names = words.SelectMany(word => word!.Split('/')).Select(word => word.Trim()).Where(word => word.Length > 0).ToList();
        var hasNames = names.Any(name => name.StartsWith("--", StringComparison.Ordinal));
        var dashed = parameter.Name.Replace('_', '-');
        if (!hasNames)
            names.AddRange(hint.IsBoolean && names.Count == 0 ? ["--" + dashed, "--no-" + dashed] : new[] { "--" + dashed });
        command.Options.Add(new Option(names)
        {
            Takes = !hint.IsKnown ? Takes.Unknown
                : !hint.IsBoolean ? Takes.Value
                : words.Any(word => word!.Contains('/')) || words.Count == 0 ? Takes.NothingOrNo : Takes.Nothing,
            Type = hint.Type,
            Choices = declaration?.Arguments.Any(argument => argument.Name == "case_sensitive") == true ? null : hint.Choices,
            IsRequired = isRequired,
            Default = given is null ? null : Truth.Flag(expressions.Evaluate(given, scope)),
        });
    }

    private static bool IsDeclaration(CallNode call) => NameOf(call) is "Option" or "Argument";

    private static string NameOf(CallNode call) => call.Target switch { AttributeNode a => a.Name, NameNode n => n.Name, _ => "" };

    private static bool IsContext(Node? annotation) => annotation is AttributeNode { Name: "Context" } or NameNode { Name: "Context" };
}
