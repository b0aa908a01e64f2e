using Experiments.Generators.Python.CommandLines;

namespace Experiments.Generators.Python.Reading;

/// <summary>Methods of argument parsers: those of <c>argparse</c>, and what libraries over it add.</summary>
internal sealed class ParserCalls(ScriptReader reader, Expressions expressions)
{
    private static readonly HashSet<string> _harmless =
        ["print_help", "print_usage", "format_help", "format_usage", "error", "exit", "get_default", "parse_json_file", "parse_yaml_file", "parse_dict", "convert_arg_line_to_args"];

    public static ParserValue Create(string kind, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        var command = new CommandLine { AllowsPrefixes = true };
        foreach (var (name, value) in arguments)
        {
            switch (name)
            {
                case "allow_abbrev":
                    command.AllowsPrefixes = Truth.Flag(value) != false;
                    break;
                case "prefix_chars" or "**" or "*" or "add_option_string_dash_variants" or "argument_generation_mode" or "nested_mode" or "conflict_resolution":
                    command.IsOpen = true;
                    break;
                case "parents":
                    AddParents(command, value);
                    break;
            }
        }

        return new ParserValue(command, kind);
    }

    private static void AddParents(CommandLine command, Value parents)
    {
        if (Truth.Items(parents) is not { } items || items.Any(item => item is not ParserValue))
        {
            command.IsOpen = true;
            return;
        }

        foreach (var parent in items.Cast<ParserValue>())
        {
            command.Options.AddRange(parent.Command.Options);
            command.Positionals.AddRange(parent.Command.Positionals);
            command.RequiredGroups.UnionWith(parent.Command.RequiredGroups);
            command.IsOpen |= parent.Command.IsOpen;
        }
    }

    public static Value AddParser(ScriptReader reader, SubparsersValue subparsers, string method, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        var name = Truth.Text(arguments.FirstOrDefault(argument => argument.Name is null or "name").Value);
        if (method != "add_parser" || name is null)
        {
            subparsers.Command.IsOpen = true;
            return Value.Unknown;
        }

        var parser = Create(subparsers.Kind, arguments);
        subparsers.Command.Commands[name] = parser.Command;
        foreach (var alias in Truth.Texts(arguments.FirstOrDefault(argument => argument.Name == "aliases").Value) ?? [])
            subparsers.Command.Commands[alias] = parser.Command;
        subparsers.Command.IsOpen |= reader.IsMaybe && subparsers.Command.IsOpen;
        return parser;
    }

    public Value Call(ParserValue parser, string method, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        var command = parser.Command;
        switch (method)
        {
            case "add_argument" when parser.Kind != "typer":
                ArgumentReader.Add(parser, arguments, reader.IsMaybe);
                return Value.Unknown;
            case "add_argument_group":
                return parser;
            case "add_mutually_exclusive_group":
                return Group(command, parser.Kind, Named(arguments, "required"));
            case "add_subparsers":
                // A sub-command is optional unless the script says otherwise.
                command.IsCommandRequired = Truth.Flag(Named(arguments, "required")) == true && !reader.IsMaybe;
                command.IsOpen |= arguments.Any(argument => argument.Name is "parser_class" or "action" or "**");
                return new SubparsersValue(command, parser.Kind);
            case "add_arguments" when parser.Kind == "simple_parsing" && arguments.Count > 0:
                new RecordReader(RecordStyle.SimpleParsing, expressions).Add(arguments[0].Value, command);
                return Value.Unknown;
            case "set_defaults":
                for (var i = 0; i < command.Options.Count; i++)
                    command.Options[i] = command.Options[i] with { Default = null };
                return Value.Unknown;
            case "parse_args" or "parse_intermixed_args":
                Parse(command, arguments.Select(argument => argument.Value).FirstOrDefault());
                return Value.Unknown;
            case "parse_args_into_dataclasses":
                command.IsOpen |= arguments.Count > 0;
                reader.Parses(command);
                return Value.Unknown;
            case "parse_known_args" or "parse_known_intermixed_args":
                command.IsOpen = true;
                reader.Parses(command);
                return new SequenceValue([Value.Unknown, Value.Unknown]);
            case "command" or "callback" or "add_typer" when parser.Kind == "typer":
                TyperReader.Extend(parser, method, arguments, expressions, reader);
                return Value.Unknown;
        }

        command.IsOpen |= !_harmless.Contains(method);
        return Value.Unknown;
    }

    private void Parse(CommandLine command, Value? words)
    {
        switch (words)
        {
            case null or ConstantValue { Content: null } or LibraryValue { Name: "sys.argv" }:
                reader.Parses(command);
                break;
            case SequenceValue:
                // Words of the script's own, as in notebooks and tests.
                break;
            default:
                command.IsOpen = true;
                reader.Parses(command);
                break;
        }
    }

    private static ParserValue Group(CommandLine command, string kind, Value? required)
    {
        var group = command.GroupCount += 1;
        if (Truth.Flag(required) == true)
            command.RequiredGroups.Add(group);
        return new ParserValue(command, kind) { Group = group };
    }

    private static Value? Named(IReadOnlyList<(string? Name, Value Value)> arguments, string name) => arguments.FirstOrDefault(argument => argument.Name == name).Value;
}
