namespace Experiments.Generators.Python.CommandLines;

/// <summary>What a script accepts on its command line, as far as its text says.</summary>
internal sealed class CommandLine
{
    public List<Option> Options { get; } = [];

    public List<Positional> Positionals { get; } = [];

    /// <summary>Sub-commands by name.</summary>
    public Dictionary<string, CommandLine> Commands { get; } = new(StringComparer.Ordinal);

    /// <summary>Groups of options of which one must be given.</summary>
    public HashSet<int> RequiredGroups { get; } = [];

    /// <summary>Number of groups of which at most one option may be given.</summary>
    public int GroupCount { get; set; }

    public bool IsCommandRequired { get; set; }

    /// <summary>Whether more may be accepted than is known here; then nothing is certain.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether an unambiguous beginning of an option stands for it.</summary>
    public bool AllowsPrefixes { get; set; }

    /// <summary>Whether <c>-</c> and <c>_</c> in options are the same.</summary>
    public bool IgnoresDelimiters { get; set; }

    /// <summary>How values are written.</summary>
    public Grammar Grammar { get; set; } = Grammar.Options;

    /// <summary>The options a word may mean: one, none, or several when it is an ambiguous prefix.</summary>
    public IReadOnlyList<Option> Find(string word)
    {
        var exact = Options.Where(option => option.Names.Any(name => Same(name, word))).ToList();
        if (exact.Count > 0 || !AllowsPrefixes || !word.StartsWith("--", StringComparison.Ordinal))
            return exact.Take(1).ToList();
        return Options.Where(option => option.Names.Any(name => name.StartsWith(word, StringComparison.Ordinal))).ToList();
    }

    public bool Same(string a, string b) => IgnoresDelimiters ? a.Replace('_', '-') == b.Replace('_', '-') : a == b;
}

/// <summary>How a command line is written.</summary>
internal enum Grammar
{
    /// <summary><c>--learning-rate 0.1</c></summary>
    Options,

    /// <summary><c>learning_rate=0.1</c>; options are named by their dotted keys.</summary>
    Overrides,
}

/// <summary>What an option takes.</summary>
internal enum Takes
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>One word.</summary>
    Value,

    /// <summary>One word, or none.</summary>
    OptionalValue,

    /// <summary>Any number of words.</summary>
    Values,

    /// <summary>Nothing: it is there or not.</summary>
    Nothing,

    /// <summary>Nothing; <c>--no-x</c> is the opposite of <c>--x</c>.</summary>
    NothingOrNo,
}

/// <summary>What the words of an option must be.</summary>
internal enum WordType
{
    Any,
    Integer,
    Float,

    /// <summary>Python's <c>bool</c> applied to text, which takes every text but the empty one for true.</summary>
    TruthOfText,
}

/// <summary>An option.</summary>
/// <param name="Names">Its names with their dashes; under <see cref="Grammar.Overrides"/> its key.</param>
internal sealed record Option(IReadOnlyList<string> Names)
{
    public Takes Takes { get; init; } = Takes.Value;

    public WordType Type { get; init; }

    /// <summary>The only words it takes; <see langword="null"/>: any.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Its default; <see langword="null"/> where it is not known or not a boolean.</summary>
    public bool? Default { get; init; }

    /// <summary>Of the group of options of which at most one may be given; 0: none.</summary>
    public int Group { get; init; }

    /// <summary>The name people know it by.</summary>
    public string Name => Names.FirstOrDefault(name => name.StartsWith("--", StringComparison.Ordinal)) ?? Names[0];
}

/// <summary>A word without an option.</summary>
internal sealed record Positional(string Name, bool IsRequired, bool IsMany, IReadOnlyList<string>? Choices);
