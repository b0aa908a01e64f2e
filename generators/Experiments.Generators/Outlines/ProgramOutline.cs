using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Outlines;

/// <summary>
/// All that models of a compilation can depend on, without binding anything. Two are equal when no model can differ; then the pipeline keeps the old one and looks no further.
/// It points at its compilation weakly: one that stays in the pipeline keeps no old compilation alive, and nobody asks it for its compilation again.
/// </summary>
internal sealed class ProgramOutline : IEquatable<ProgramOutline>
{
    // References and options are immutable objects that compilations share: a number each stands for them.
    private static readonly ConditionalWeakTable<object, StrongBox<ulong>> _numbers = new();
    private static long _lastNumber;

    private readonly IReadOnlyList<FileOutline> _files;
    private readonly WeakReference<Compilation> _compilation;
    private readonly Fingerprint _names;
    private readonly Fingerprint _whole;

    private ProgramOutline(Compilation compilation, IReadOnlyList<FileOutline> files)
    {
        _compilation = new WeakReference<Compilation>(compilation);
        _files = files;
        _names.Add(NumberOf(compilation.Options));
        foreach (var reference in compilation.References)
            _names.Add(NumberOf(reference));
        foreach (var file in files)
        {
            _names.Add(file.Names);
            _whole.Add(file.Whole);
        }

        _whole.Add(_names);
    }

    /// <summary>The compilation, while the pipeline runs on it.</summary>
    public Compilation Compilation => _compilation.TryGetTarget(out var compilation) ? compilation
        : throw new InvalidOperationException("expected an outline to be asked for its compilation only while that is compiled");

    public static ProgramOutline Of(Compilation compilation, CancellationToken cancellation) =>
        new(compilation, [.. compilation.SyntaxTrees.Select(tree => FileOutline.Of(tree, cancellation))]);

    /// <summary>The records that may be experiments or sweeps, each once, with a fingerprint of everything that it reaches.</summary>
    public IEnumerable<Subject> Subjects(CancellationToken cancellation)
    {
        var reach = new Reach(_files, _names);
        return _files.SelectMany(file => file.Candidates).Distinct().Select(candidate =>
        {
            cancellation.ThrowIfCancellationRequested();
            return new Subject(candidate.MetadataName, reach.From(candidate.TypeName), this);
        });
    }

    public bool Equals(ProgramOutline? other) => other is not null && _whole.Equals(other._whole);

    public override bool Equals(object? obj) => Equals(obj as ProgramOutline);

    public override int GetHashCode() => _whole.GetHashCode();

    private static ulong NumberOf(object shared) => _numbers.GetValue(shared, _ => new StrongBox<ulong>((ulong)Interlocked.Increment(ref _lastNumber))).Value;
}
