using System.Runtime.CompilerServices;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Outlines;

/// <summary>What a file declares, read from its syntax alone, once for each tree.</summary>
internal sealed class FileOutline
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> _known = new();

    private FileOutline(Fingerprint names, EquatableArray<string> globalMentions, EquatableArray<TypeOutline> types, EquatableArray<Candidate> candidates)
    {
        Names = names;
        GlobalMentions = globalMentions;
        Types = types;
        Candidates = candidates;
    }

    /// <summary>What decides which type a name means, in any file: names, containers, bases and modifiers of types, global <c>using</c>s; and the assembly's attributes and entry points.</summary>
    public Fingerprint Names { get; }

    /// <summary>The identifiers in global <c>using</c>s.</summary>
    public EquatableArray<string> GlobalMentions { get; }

    public EquatableArray<TypeOutline> Types { get; }

    /// <summary>The records with attributes.</summary>
    public EquatableArray<Candidate> Candidates { get; }

    public static FileOutline Of(SyntaxTree tree, CancellationToken cancellation) =>
        _known.TryGetValue(tree, out var known) ? known : Read(tree, cancellation);

    /// <summary>Whether both declare the same types and candidates, in the same order, whatever is in them.</summary>
    public bool DeclaresTheSame(FileOutline other) => Names.Equals(other.Names) && Types.Count == other.Types.Count && Candidates.Equals(other.Candidates);

    /// <summary>This outline with the very types of an earlier state of the file, but for those that were edited.</summary>
    public FileOutline After(FileOutline before) =>
        new(Names, GlobalMentions, Types.Zip(before.Types, (now, earlier) => now.Content.Equals(earlier.Content) ? earlier : now).ToEquatableArray(), Candidates);

    private static FileOutline Read(SyntaxTree tree, CancellationToken cancellation) => _known.GetValue(tree, _ => new Reader(tree, cancellation).Read());

    /// <summary>A record that may be an experiment or a sweep.</summary>
    /// <param name="TypeName">The simple name of the outermost type around it, or its own.</param>
    /// <param name="MetadataName">Its full name, as the compiler knows it.</param>
    internal sealed record Candidate(string TypeName, string MetadataName);

    private sealed class Reader(SyntaxTree tree, CancellationToken cancellation)
    {
        private readonly List<TypeOutline> _types = [];
        private readonly List<Candidate> _candidates = [];
        private readonly HashSet<string> _globalMentions = new(StringComparer.Ordinal);
        private Fingerprint _names;
        private bool _isExact;

        public FileOutline Read()
        {
            var root = (CompilationUnitSyntax)tree.GetRoot(cancellation);
            // What applies to the whole file: language, generated or not, and where nullability is switched on and off.
            var surroundings = default(Fingerprint);
            var options = (CSharpParseOptions)tree.Options;
            surroundings.Add((ulong)options.LanguageVersion);
            surroundings.Add(tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) ? 1UL : 0);
            surroundings.Add(root.GetLeadingTrivia().ToFullString());
            if (root.ContainsDirectives)
            {
                foreach (var symbol in options.PreprocessorSymbolNames)
                    surroundings.Add(symbol);
                for (var directive = root.GetFirstDirective(); directive is not null; directive = directive.GetNextDirective())
                    _isExact |= directive.IsKind(SyntaxKind.NullableDirectiveTrivia);
            }

            foreach (var list in root.AttributeLists)
                AddTokens(list, ref _names, null);
            // Whether there are statements, which make an entry point, not what they do.
            if (root.Members.Any(SyntaxKind.GlobalStatement))
                _names.Add("statements");
            ReadMembers(root.Usings, root.Externs, root.Members, "", surroundings, []);
            return new FileOutline(_names, _globalMentions.ToEquatableArray(), _types.ToEquatableArray(), _candidates.ToEquatableArray());
        }

        private void ReadMembers(SyntaxList<UsingDirectiveSyntax> usings, SyntaxList<ExternAliasDirectiveSyntax> externs, SyntaxList<MemberDeclarationSyntax> members,
            string scope, Fingerprint surroundings, IReadOnlyCollection<string> outer)
        {
            var mentions = new HashSet<string>(outer, StringComparer.Ordinal);
            foreach (var alias in externs)
                AddTokens(alias, ref surroundings, null);
            foreach (var directive in usings)
            {
                if (directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
                    AddTokens(directive, ref _names, _globalMentions);
                else
                    AddTokens(directive, ref surroundings, mentions);
            }

            foreach (var member in members)
            {
                cancellation.ThrowIfCancellationRequested();
                switch (member)
                {
                    case BaseNamespaceDeclarationSyntax inner:
                        ReadMembers(inner.Usings, inner.Externs, inner.Members, scope + string.Concat(Words(inner.Name).Select(word => word + ".")), surroundings, mentions);
                        break;
                    case BaseTypeDeclarationSyntax type:
                        Name(type, scope, type.Identifier.ValueText, surroundings);
                        _types.Add(TypeOutline.Of(type, type.Identifier.ValueText, surroundings, mentions, _isExact));
                        break;
                    case DelegateDeclarationSyntax type:
                        _names.Add(scope + type.Identifier.ValueText);
                        _types.Add(TypeOutline.Of(type, type.Identifier.ValueText, surroundings, mentions, _isExact));
                        break;
                }
            }
        }

        private void Name(BaseTypeDeclarationSyntax type, string scope, string outermost, Fingerprint surroundings)
        {
            var arity = (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count ?? 0;
            var name = scope + type.Identifier.ValueText + (arity > 0 ? $"`{arity}" : "");
            _names.Add(name);
            _names.Add((ulong)type.RawKind);
            foreach (var modifier in type.Modifiers)
                _names.Add(modifier.Text);
            if (type.BaseList is { } bases)
                AddTokens(bases, ref _names, null);
            if (type is RecordDeclarationSyntax { AttributeLists.Count: > 0 })
                _candidates.Add(new Candidate(outermost, name));
            if (type is not TypeDeclarationSyntax container)
                return;
            foreach (var member in container.Members)
            {
                switch (member)
                {
                    case BaseTypeDeclarationSyntax nested:
                        Name(nested, name + "+", outermost, surroundings);
                        break;
                    case DelegateDeclarationSyntax other:
                        _names.Add($"{name}+{other.Identifier.ValueText}");
                        break;
                    case MethodDeclarationSyntax { Identifier.ValueText: WellKnownMemberNames.EntryPointMethodName } main:
                        _names.Add(surroundings);
                        foreach (var token in main.DescendantTokens(TypeOutline.IsOutside))
                            _names.Add(token.Text);
                        break;
                }
            }
        }

        private static IEnumerable<string> Words(NameSyntax name) =>
            name.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);

        private static void AddTokens(SyntaxNode node, ref Fingerprint fingerprint, ISet<string>? mentions)
        {
            foreach (var token in node.DescendantTokens())
            {
                fingerprint.Add(token.Text);
                if (mentions is not null)
                    TypeOutline.Mention(token, mentions);
            }
        }
    }
}
