using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Experiments.CommandLine;

/// <summary>Says in one paragraph what is wrong with a command line.</summary>
internal static class UsageErrors
{
    private const string Code = "EXP8101";

    /// <summary>Throws the first mistake of a command line, most telling first.</summary>
    /// <exception cref="ExperimentsException">EXP8101.</exception>
    public static void ThrowIfAny(ParseResult parsed)
    {
        if (parsed.Action is HelpAction or TargetHelp or System.CommandLine.Invocation.CommandLineAction { ClearsParseErrors: true })
            return;
        var command = parsed.CommandResult.Command;
        var options = OptionsOf(command).ToList();
        // The parser takes any next word for a value, `--top --json` included.
        foreach (var result in options.Select(parsed.GetResult).OfType<OptionResult>())
        {
            if (result.Tokens.Any(t => options.Any(o => o.Name == t.Value)))
                throw NoValue(result.Option);
        }

        foreach (var argument in command.Arguments.Where(a => a is not OverridesArgument))
        {
            if (parsed.GetResult(argument)?.Tokens.FirstOrDefault(LooksLikeOption) is { } token)
                throw UnknownOption(command, token.Value);
        }

        if (parsed.UnmatchedTokens is [var first, ..])
            throw Unmatched(Meant(parsed, first), first);
        if (parsed.Errors is [var error, ..])
            throw Explain(command, error);
    }

    /// <summary>The options of a command and those every command takes.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options).Where(o => o.Recursive));

    private static bool LooksLikeOption(Token token) => token.Value is ['-', not (>= '0' and <= '9' or '.'), ..];

    private static ExperimentsException UnknownOption(Command command, string typed)
    {
        var name = typed.Split('=')[0];
        return new ExperimentsException(Code, $"expected an option of `{NameOf(command)}`, got `{name}`",
            DidYouMean.Ask(name, OptionsOf(command).Select(o => o.Name)) ?? $"`{HelpOf(command)}` lists the options");
    }

    /// <summary>The command a word was given to: not the innermost one where the word comes before that one's name.</summary>
    private static Command Meant(ParseResult parsed, string word)
    {
        var result = parsed.CommandResult;
        while (result.Parent is CommandResult outer && parsed.Tokens.TakeWhile(t => !ReferenceEquals(t, result.IdentifierToken)).Any(t => t.Value == word))
            result = outer;
        return result.Command;
    }

    /// <summary>Its words: <c>registry check</c>.</summary>
    private static string NameOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } outer and not RootCommand ? $"{outer.Name} {command.Name}" : command.Name;

    private static string HelpOf(Command command) => command is RootCommand ? "--help" : $"{NameOf(command)} --help";

    private static ExperimentsException Unmatched(Command command, string typed)
    {
        if (typed.StartsWith('-'))
            return UnknownOption(command, typed);
        return command.Subcommands.Count > 0
            ? new ExperimentsException(Code, $"expected a command{(command is RootCommand ? "" : $" of `{NameOf(command)}`")}, got `{typed}`",
                DidYouMean.Ask(typed, command.Subcommands.Select(c => c.Name)) ?? $"`{HelpOf(command)}` lists the commands")
            : new ExperimentsException(Code, $"expected nothing more after `{NameOf(command)}` and its arguments, got `{typed}`",
                $"`{HelpOf(command)}` shows what it takes");
    }

    private static ExperimentsException Explain(Command command, ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Tokens: [], Parent: OptionResult { Option: var option } } => NoValue(option),
        OptionResult { Tokens: [], Option: var option } => NoValue(option),
        OptionResult { IdentifierTokenCount: > 1 and var times, Option: { Arity.MaximumNumberOfValues: 1 } option } => Repeated(command, option, times),
        ArgumentResult { Parent: OptionResult { IdentifierTokenCount: > 1 and var times, Option: { Arity.MaximumNumberOfValues: 1 } option } } => Repeated(command, option, times),
        ArgumentResult { Tokens: [] } argument => new ExperimentsException(Code, $"expected `{NameOf(command)}` to be given {argument.Argument.Name}, got nothing",
            $"{argument.Argument.Description}; `{HelpOf(command)}` shows more"),
        CommandResult when command.Subcommands.Count > 0 => new ExperimentsException(Code, $"expected `{NameOf(command)}` to be given a command, got nothing",
            $"one of {Words.List([.. command.Subcommands.Select(c => c.Name)])}; `{HelpOf(command)}` shows more"),
        // Our own parsers write whole sentences.
        _ => new ExperimentsException(Code, error.Message, $"`{HelpOf(command)}` shows what it takes"),
    };

    private static ExperimentsException Repeated(Command command, Option option, int times) =>
        new(Code, $"expected `{option.Name}` once, got it {times} times", $"`{HelpOf(command)}` shows what it takes");

    private static ExperimentsException NoValue(Option option) => new(Code, $"expected `{option.Name}` to have a value, got nothing",
        $"write `{option.Name} {option.HelpName ?? "VALUE"}`: {option.Description}");
}
