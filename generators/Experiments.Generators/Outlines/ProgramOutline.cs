using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Outlines;

/// <summary>
/// All that models of a compilation can depend on, without binding anything.
/// It points at its compilation weakly: one that stays in the pipeline keeps no old compilation alive, and nobody asks it for its compilation again.
/// </summary>
internal sealed class ProgramOutline
{
    // References and options are immutable objects that compilations share: a number each stands for them.
    private static readonly ConditionalWeakTable<object, StrongBox<ulong>> _numbers = new();
    private static long _lastNumber;

    // The last outline of a program, found by the options that all states of a program share. The next one goes on from it, and comes out the same without it.
    private static readonly ConditionalWeakTable<CompilationOptions, StrongBox<ProgramOutline?>> _last = new();

    private readonly WeakReference<CSharpCompilation> _compilation;
    private readonly FileOutline[] _files;
    private readonly Fingerprint _names;
    private readonly Reach _reach;

    private ProgramOutline(CSharpCompilation compilation, FileOutline[] files, Fingerprint names, Reach reach)
    {
        _compilation = new WeakReference<CSharpCompilation>(compilation);
        _files = files;
        _names = names;
        _reach = reach;
    }

    /// <summary>Takes two for equal when every name means the same in both: what an assembly is, as a whole, follows from that.</summary>
    public static IEqualityComparer<ProgramOutline> ByNames { get; } = new Comparer((one, other) => one._names.Equals(other._names));

    /// <summary>Takes two for equal when no model of an experiment or a sweep can differ; then the pipeline keeps the old one and looks no further.</summary>
    public static IEqualityComparer<ProgramOutline> ByReach { get; } = new Comparer((one, other) => one._reach.FindsTheSame(other._reach));

    /// <summary>The compilation, while the pipeline runs on it.</summary>
    public Compilation Compilation => _compilation.TryGetTarget(out var compilation) ? compilation
        : throw new InvalidOperationException("expected an outline to be asked for its compilation only while that is compiled");

    /// <summary>The records that may be experiments or sweeps.</summary>
    public IEnumerable<Subject> Subjects => _reach.Candidates.Select(found => new Subject(found.Candidate.MetadataName, found.Content, this));

    public static ProgramOutline Of(Compilation compilation, CancellationToken cancellation)
    {
        var last = _last.GetValue(compilation.Options, _ => new StrongBox<ProgramOutline?>());
        var current = (CSharpCompilation)compilation;
        return last.Value = last.Value?.Next(current, cancellation) ?? Read(current, cancellation);
    }

    private static ProgramOutline Read(CSharpCompilation compilation, CancellationToken cancellation)
    {
        var files = compilation.SyntaxTrees.Select(tree => FileOutline.Of(tree, cancellation)).ToArray();
        var names = default(Fingerprint);
        names.Add(NumberOf(compilation.Options));
        foreach (var reference in compilation.References)
            names.Add(NumberOf(reference));
        foreach (var file in files)
            names.Add(file.Names);
        return new ProgramOutline(compilation, files, names, Reach.Of(files, names));
    }

    /// <summary>The outline of a compilation that differs from this one's inside of declarations only; of others nothing.</summary>
    private ProgramOutline? Next(CSharpCompilation compilation, CancellationToken cancellation)
    {
        if (!_compilation.TryGetTarget(out var before) || before.ExternalReferences != compilation.ExternalReferences || before.SyntaxTrees.Length != compilation.SyntaxTrees.Length)
            return null;
        var (old, trees) = (before.SyntaxTrees, compilation.SyntaxTrees);
        var files = _files;
        var edits = new List<(TypeOutline Before, TypeOutline After)>();
        for (var i = 0; i < trees.Length; i++)
        {
            if (ReferenceEquals(old[i], trees[i]))
                continue;
            var file = FileOutline.Of(trees[i], cancellation);
            if (!file.DeclaresTheSame(_files[i]))
                return null;
            if (files == _files)
                files = (FileOutline[])_files.Clone();
            files[i] = file.After(_files[i]);
            edits.AddRange(_files[i].Types.Zip(files[i].Types, (earlier, now) => (earlier, now)).Where(pair => !ReferenceEquals(pair.earlier, pair.now)));
        }

        return new ProgramOutline(compilation, files, _names, edits.Count == 0 ? _reach : _reach.With(edits));
    }

    private static ulong NumberOf(object shared) => _numbers.GetValue(shared, _ => new StrongBox<ulong>((ulong)Interlocked.Increment(ref _lastNumber))).Value;

    private sealed class Comparer(Func<ProgramOutline, ProgramOutline, bool> areEqual) : IEqualityComparer<ProgramOutline>
    {
        public bool Equals(ProgramOutline? one, ProgramOutline? other) => ReferenceEquals(one, other) || (one is not null && other is not null && areEqual(one, other));

        public int GetHashCode(ProgramOutline outline) => outline._names.GetHashCode();
    }
}
