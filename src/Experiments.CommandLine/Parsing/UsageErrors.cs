using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Experiments.CommandLine;

/// <summary>Says in one paragraph what is wrong with a command line.</summary>
internal static class UsageErrors
{
    private const string Code = "EXP8030";

    /// <summary>Throws the first mistake of a command line, most telling first.</summary>
    /// <exception cref="ExperimentsException">EXP8030.</exception>
    public static void ThrowIfAny(ParseResult parsed)
    {
        if (parsed.Action is HelpAction or TargetHelp or System.CommandLine.Invocation.CommandLineAction { ClearsParseErrors: true })
            return;
        var command = parsed.CommandResult.Command;
        foreach (var argument in command.Arguments.Where(a => a is not OverridesArgument))
        {
            if (parsed.GetResult(argument)?.Tokens.FirstOrDefault(LooksLikeOption) is { } token)
                throw UnknownOption(command, token.Value);
        }

        if (parsed.UnmatchedTokens is [var first, ..])
            throw Unmatched(command, first);
        if (parsed.Errors is [var error, ..])
            throw Explain(command, error);
    }

    /// <summary>The options of a command and those every command takes.</summary>
    public static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options).Where(o => o.Recursive)).Select(o => o.Name);

    private static bool LooksLikeOption(Token token) => token.Value is ['-', not (>= '0' and <= '9' or '.'), ..];

    private static ExperimentsException UnknownOption(Command command, string typed)
    {
        var name = typed.Split('=')[0];
        return new ExperimentsException(Code, $"expected an option of `{command.Name}`, got `{name}`",
            DidYouMean.Ask(name, OptionsOf(command)) ?? $"`{command.Name} --help` lists the options");
    }

    private static ExperimentsException Unmatched(Command command, string typed)
    {
        if (typed.StartsWith('-'))
            return UnknownOption(command, typed);
        return command.Subcommands.Count > 0
            ? new ExperimentsException(Code, $"expected a command, got `{typed}`",
                DidYouMean.Ask(typed, command.Subcommands.Select(c => c.Name)) ?? "`--help` lists the commands")
            : new ExperimentsException(Code, $"expected nothing more after `{command.Name}` and its arguments, got `{typed}`",
                $"`{command.Name} --help` shows what it takes");
    }

    private static ExperimentsException Explain(Command command, ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Tokens: [], Parent: OptionResult option } => NoValue(option),
        OptionResult { Tokens: [] } option => NoValue(option),
        ArgumentResult { Tokens: [] } argument => new ExperimentsException(Code, $"expected `{command.Name}` to be given {argument.Argument.Name}, got nothing",
            $"{argument.Argument.Description}; `{command.Name} --help` shows more"),
        // Our own parsers write whole sentences.
        _ => new ExperimentsException(Code, error.Message, $"`{command.Name} --help` shows what it takes"),
    };

    private static ExperimentsException NoValue(OptionResult option) => new(Code, $"expected `{option.Option.Name}` to have a value, got nothing",
        $"write `{option.Option.Name} {option.Option.HelpName ?? "VALUE"}`: {option.Option.Description}");
}
