using System.Collections.Immutable;
using System.ComponentModel;

namespace Experiments.Core;

/// <summary>
/// Reads the options of a configuration from a command line: <c>--learning-rate 0.1</c>, <c>--learning-rate=0.1</c>, <c>learning_rate=0.1</c>,
/// <c>--distilled</c>, <c>--no-distilled</c>, <c>--layers 64 32</c>, <c>layers=[64,32]</c>. Small and typed, so that scripts and trainers need no parser.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptionReader
{
    private const string Negation = "no-";

    /// <summary>Reads all options; what is wrong is reported, and the rest is still read.</summary>
    /// <param name="args">The words.</param>
    /// <param name="options">The options there are.</param>
    /// <param name="what">What they belong to, for messages: <c>classifier</c>.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public static IReadOnlyList<GivenOption> Read(IReadOnlyList<string> args, ImmutableArray<Option> options, string what, Mistakes mistakes)
    {
        var given = new List<GivenOption>();
        var position = 0;
        while (position < args.Count)
        {
            var word = args[position++];
            var isDashed = word.StartsWith("--", StringComparison.Ordinal);
            var equals = word.IndexOf('=');
            if (!isDashed && equals <= 0)
            {
                mistakes.Add("", $"expected an option of `{what}`, got `{word}`", "write `--name value` or `name=value`");
                continue;
            }

            var name = isDashed ? word[2..(equals < 0 ? word.Length : equals)] : word[..equals];
            var option = Find(name, options);
            var isNegated = false;
            if (option is null && isDashed && equals < 0 && name.StartsWith(Negation, StringComparison.Ordinal)
                && Find(name[Negation.Length..], options) is { Kind: OptionKind.Flag } flag)
            {
                option = flag;
                isNegated = true;
            }

            if (option is null)
            {
                Unknown(name, isDashed, options, what, mistakes);
                SkipValues(args, ref position, options);
                continue;
            }

            var typed = isDashed ? "--" + name : name;
            var words = isNegated ? ["false"]
                : equals >= 0 ? Split(word[(equals + 1)..], option)
                : Following(args, ref position, option, options);
            if (given.Any(g => g.Option == option))
                mistakes.Add(option.Key, $"expected `{typed}` to be given once, got it again", "leave one of them out");
            else if (words.Count == 0 && option.Kind != OptionKind.List)
                mistakes.Add(option.Key, $"expected `{typed}` to have a value, got nothing", $"write `{option.Name} {option.Type}`");
            else
                given.Add(new GivenOption(option, typed, words, mistakes));
        }

        return given;
    }

    private static Option? Find(string name, ImmutableArray<Option> options)
    {
        foreach (var option in options)
        {
            if (OptionName.Matches(name, option.Key))
                return option;
        }

        return null;
    }

    private static void Unknown(string name, bool isDashed, ImmutableArray<Option> options, string what, Mistakes mistakes)
    {
        var closest = Suggestion.Closest(name, options.Select(o => o.Key));
        mistakes.Add(
            "",
            $"expected an option of `{what}`, got `{(isDashed ? "--" : "")}{name}`",
            closest is null ? "`--help` lists the options"
                : isDashed ? $"did you mean `{OptionName.Of(closest)}`?" : $"did you mean `{closest}`?");
    }

    private static IReadOnlyList<string> Following(IReadOnlyList<string> args, ref int position, Option option, ImmutableArray<Option> options)
    {
        if (option.Kind == OptionKind.Flag)
            return position < args.Count && TextValues.Boolean(args[position], out _) ? [args[position++]]
                : position < args.Count && args[position] == "null" ? [args[position++]]
                : ["true"];
        if (option.Kind == OptionKind.Value)
            return position < args.Count && !IsOption(args[position], options, allowsAssignment: true) ? [args[position++]] : [];
        var words = new List<string>();
        while (position < args.Count && !IsOption(args[position], options, allowsAssignment: false))
            words.Add(args[position++]);
        return words is [var single] ? Split(single, option) : words;
    }

    // After an unknown option its value would only be a second, misleading mistake.
    private static void SkipValues(IReadOnlyList<string> args, ref int position, ImmutableArray<Option> options)
    {
        while (position < args.Count && !IsOption(args[position], options, allowsAssignment: false))
            position++;
    }

    /// <summary>Whether a word starts another option; a value may hold <c>=</c>, unless what stands before it names an option and a list would swallow it.</summary>
    private static bool IsOption(string word, ImmutableArray<Option> options, bool allowsAssignment)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
            return true;
        var equals = word.IndexOf('=');
        return !allowsAssignment && equals > 0 && Find(word[..equals], options) is not null;
    }

    private static IReadOnlyList<string> Split(string text, Option option)
    {
        if (option.Kind != OptionKind.List || text == "null")
            return [text];
        return ListText.Split(text);
    }
}
