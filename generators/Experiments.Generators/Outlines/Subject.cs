using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Outlines;

/// <summary>A record that may be an experiment or a sweep. Equal ones have equal models, so that only what changed is parsed.</summary>
internal sealed class Subject(string metadataName, Fingerprint content, ProgramOutline program) : IEquatable<Subject>
{
    private readonly string _metadataName = metadataName;
    private readonly Fingerprint _content = content;

    public ExperimentModel? Experiment(CancellationToken cancellation) => Symbol is { } type ? ExperimentParser.Model(type, cancellation) : null;

    public SweepModel? Sweep(CancellationToken cancellation) => Symbol is { } type ? SweepParser.Parse(type, null, cancellation) : null;

    public bool Equals(Subject? other) => other is not null && _metadataName == other._metadataName && _content.Equals(other._content);

    public override bool Equals(object? obj) => Equals(obj as Subject);

    public override int GetHashCode() => _content.GetHashCode();

    public override string ToString() => _metadataName;

    private INamedTypeSymbol? Symbol => program.Compilation.Assembly.GetTypeByMetadataName(_metadataName);
}
