namespace Experiments;

/// <summary>
/// Says what a run executes: a Python module (<c>-m src.main</c>), a Python file (<c>src/main.py</c>), a Python function
/// (<c>pkg.module:train_model</c>) or any executable with its fixed arguments (<c>./train.sh --fast</c>).
/// An experiment without this attribute runs its own method <c>Task&lt;Results&gt; RunAsync(RunContext run)</c>.
/// </summary>
/// <param name="command">The command, split into words as a POSIX shell would, without expansions.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EntrypointAttribute(string command) : Attribute
{
    /// <summary>The command as declared.</summary>
    public string Command { get; } = command;

    /// <summary>The tool (a folder under <c>tools/</c>, usually a git submodule) that holds the entrypoint. Default: the program's own folder.</summary>
    public string? Tool { get; init; }

    /// <summary>
    /// The commit that the tool must be at: the beginning of its hash, 7 characters or more. Planning refuses another one. Default: any; a submodule's commit is recorded by the repository.
    /// </summary>
    public string? Commit { get; init; }

    /// <summary>How the configuration is passed. Default: <see cref="ArgumentStyle.Options"/>.</summary>
    public ArgumentStyle Arguments { get; init; } = ArgumentStyle.Options;

    /// <summary>How option names are written. Default: <see cref="OptionCase.Kebab"/>, as in <c>--learning-rate</c>.</summary>
    public OptionCase OptionCase { get; init; } = OptionCase.Kebab;

    /// <summary>How booleans are written under <see cref="ArgumentStyle.Options"/>. Default: <see cref="BooleanStyle.Presence"/>.</summary>
    public BooleanStyle Booleans { get; init; } = BooleanStyle.Presence;
}

/// <summary>How a configuration reaches a run's command line. <c>EXP_CONFIG</c> names the same configuration as a JSON file in every style.</summary>
public enum ArgumentStyle
{
    /// <summary><c>--learning-rate 0.1</c>; nested values <c>--optimizer.weight-decay 0.01</c>; lists as several words; nulls left out.</summary>
    Options,

    /// <summary>Hydra's <c>learning_rate=0.1</c>, <c>layers=[64,32]</c>, <c>name=null</c>.</summary>
    Overrides,

    /// <summary><c>--config PATH</c> to the frozen <c>config.json</c>.</summary>
    ConfigFile,

    /// <summary>Nothing on the command line: environment variables and <c>EXP_CONFIG</c> only.</summary>
    None,
}

/// <summary>How option names are written under <see cref="ArgumentStyle.Options"/>.</summary>
public enum OptionCase
{
    /// <summary><c>--learning-rate</c></summary>
    Kebab,

    /// <summary><c>--learning_rate</c></summary>
    Snake,
}

/// <summary>How booleans are written under <see cref="ArgumentStyle.Options"/>.</summary>
public enum BooleanStyle
{
    /// <summary><c>--distilled</c> when true, nothing when false (argparse's <c>store_true</c>).</summary>
    Presence,

    /// <summary><c>--distilled</c> or <c>--no-distilled</c> (argparse's <c>BooleanOptionalAction</c>, typer).</summary>
    Negatable,

    /// <summary><c>--distilled true</c> or <c>--distilled false</c></summary>
    Value,
}
