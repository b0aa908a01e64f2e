namespace Experiments;

/// <summary>Declares a <c>partial record</c> as an experiment: the typed configuration of one kind of run.</summary>
/// <param name="name">The experiment's name in the registry and on the command line: lower case letters, digits, <c>_</c>, <c>-</c> and <c>.</c>; unique in the assembly.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ExperimentAttribute(string name) : Attribute
{
    /// <summary>The experiment's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The run id template: literals, <c>{Property}</c>, <c>{Nested.Property}</c>, <c>{Property:format}</c>, <c>{Flag?text}</c>
    /// (the text only when the flag is true), <c>{hash}</c> or <c>{hash:8}</c>. Default: <c>{experiment}/{hash}</c>.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Tags put on every run of this experiment. Default: none.</summary>
    public string[] Tags { get; init; } = [];
}
