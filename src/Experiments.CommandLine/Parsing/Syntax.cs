using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Experiments.CommandLine;

/// <summary>The kinds of option that commands share, with the sentence each says when its value is wrong.</summary>
internal static class Syntax
{
    /// <summary>A sweep, experiment, script or plan file to plan.</summary>
    public static Argument<string> Target(CommandContext context) => new("TARGET")
    {
        Description = context.IsTool
            ? "A script (`sweep.csx`), whose sweeps or experiments may be named behind it, or a plan file"
            : "A sweep or experiment of this program, or a plan file",
    };

    /// <summary>A target that some options of the command make needless.</summary>
    public static Argument<string> TargetUnless(CommandContext context)
    {
        var target = Target(context);
        target.Arity = ArgumentArity.ZeroOrOne;
        return target;
    }

    /// <summary>A name that narrows what is looked at; <see langword="null"/>: everything.</summary>
    public static Argument<string?> Among() => new("TARGET")
    {
        Description = "A sweep, an experiment, or another name runs were submitted under. Default: all runs",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Run ids, which may hold <c>*</c> and <c>?</c>.</summary>
    public static Argument<string[]> Runs() => new("RUN")
    {
        Description = "Run ids; `*` and `?` stand for any characters",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>An experiment of the registry.</summary>
    public static Argument<string> Experiment() => new("EXPERIMENT") { Description = "Name of an experiment with runs in the registry" };

    /// <summary>A switch.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>Words, one each time the option is given.</summary>
    public static Option<string[]> Words(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help, Arity = ArgumentArity.OneOrMore, DefaultValueFactory = _ => [] };

    /// <summary>A word.</summary>
    public static Option<string?> Word(string name, string help, string description) => new(name) { Description = description, HelpName = help };

    /// <summary>A whole number between two bounds.</summary>
    public static Option<Setting<int>?> Number(string name, string description, int min = 1, int max = int.MaxValue) => Parsed<Setting<int>>(name, "N", description,
        max == int.MaxValue ? $"a whole number of {min} or more" : $"a whole number from {min} to {max}",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? new(number) : null);

    /// <summary>A duration.</summary>
    public static Option<Setting<TimeSpan>?> Time(string name, string description) => Parsed<Setting<TimeSpan>>(name, "TIME", description,
        "a duration such as `30s`, `15m` or `1.5h`", text => Core.Duration.TryParse(text, out var duration) ? new(duration) : null);

    /// <summary>A number of hours.</summary>
    public static Option<Setting<TimeSpan>?> Hours(string name, string description) => Parsed<Setting<TimeSpan>>(name, "HOURS", description,
        "a number of hours above 0",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is > 0 and < 1e5
            ? new(TimeSpan.FromHours(hours))
            : null);

    /// <summary>A word of a fixed list, each of which stands for a value.</summary>
    public static Option<Setting<T>?> Choice<T>(string name, string help, string description, string[] words, T[] values)
        where T : struct => Parsed<Setting<T>>(name, help, description, $"`{string.Join("` or `", words)}`",
            text => Array.FindIndex(words, word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? new(values[index]) : null);

    /// <summary>Which direction of a metric is better.</summary>
    public static Option<Setting<Goal>?> Goal() => Choice("--goal", "max|min", "Which direction is better. Default: as declared", ["max", "min"], [Experiments.Goal.Maximize, Experiments.Goal.Minimize]);

    /// <summary>An option with its own parser, which returns <see langword="null"/> for text that is wrong.</summary>
    public static Option<T?> Parsed<T>(string name, string help, string description, string expected, Func<string, T?> parse)
        where T : class => new(name)
    {
        Description = description,
        HelpName = help,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result => Parse(result, name, expected, parse),
    };

    private static T? Parse<T>(ArgumentResult result, string name, string expected, Func<string, T?> parse)
        where T : class
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        var value = parse(text);
        if (value is null)
            result.AddError($"expected `{name}` to be {expected}, got `{text}`");
        return value;
    }
}

/// <summary>
/// The value of an option. A class, because the generic code of the parser is compiled ahead for all classes at once, and at every start for each kind of number.
/// </summary>
internal sealed record Setting<T>(T Value)
    where T : struct;

/// <summary>What follows a target and is not an option of the command: options and <c>key=value</c> overrides of the experiment.</summary>
internal sealed class OverridesArgument : Argument<string[]>
{
    public OverridesArgument()
        : base("OVERRIDES")
    {
        Description = "Options of the experiment, as `--learning-rate 0.2` or `learning_rate=0.2`; `TARGET --help` lists them";
        Arity = ArgumentArity.ZeroOrMore;
        DefaultValueFactory = _ => [];
    }
}
