using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Scripting.Sources;

/// <summary>A script with all it loads and refers to.</summary>
/// <param name="Main">The script that was asked for.</param>
/// <param name="Files">All files in the order they run: what a file loads comes before it, each once.</param>
/// <param name="Assemblies">Full paths of <c>#r "x.dll"</c>.</param>
/// <param name="Packages">Every <c>#r "nuget: …"</c>.</param>
/// <param name="Problems">What is wrong with directives.</param>
internal sealed record ScriptSources(
    ScriptFile Main,
    ImmutableArray<ScriptFile> Files,
    ImmutableArray<string> Assemblies,
    ImmutableArray<PackageReference> Packages,
    ImmutableArray<Diagnostic> Problems)
{
    /// <summary>Whether anything is to be run from top to bottom. Without it a script is a program of its sweeps.</summary>
    public bool HasStatements => Files.Any(f => f.Layers.Statements is not null);

    /// <summary>Reads a script and, file by file, what it loads.</summary>
    /// <param name="main">The script.</param>
    /// <param name="read">Reads a file that is loaded.</param>
    public static ScriptSources Of(ScriptFile main, Func<string, ScriptFile> read)
    {
        var collected = new Collected(read);
        collected.Visit(main);
        return new ScriptSources(main, [.. collected.Files], [.. collected.Assemblies.Distinct()], [.. collected.Packages.Distinct()], [.. collected.Problems]);
    }

    private sealed class Collected(Func<string, ScriptFile> read)
    {
        private readonly HashSet<string> _seen = [];

        public List<ScriptFile> Files { get; } = [];

        public List<string> Assemblies { get; } = [];

        public List<PackageReference> Packages { get; } = [];

        public List<Diagnostic> Problems { get; } = [];

        public void Visit(ScriptFile file)
        {
            _seen.Add(file.Path);
            // Mistakes in directives are found in the whole text only: the layers have them blanked.
            Problems.AddRange(file.Tree.GetDiagnostics().Where(d => file.Directives.Any(directive => Layers.IsForHost(directive.Kind()) && directive.Span.IntersectsWith(d.Location.SourceSpan))));
            foreach (var directive in file.Directives.Where(d => d.IsActive))
            {
                if (directive is LoadDirectiveTriviaSyntax load && load.File.ValueText.Length > 0)
                    Load(file, load);
                else if (directive is ReferenceDirectiveTriviaSyntax reference && reference.File.ValueText.Length > 0)
                    Refer(file, reference);
            }

            Files.Add(file);
        }

        private void Load(ScriptFile from, LoadDirectiveTriviaSyntax directive)
        {
            var text = directive.File.ValueText;
            if (text.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            {
                Problems.Add(Diagnostic.Create(ScriptRules.ScriptPackage, directive.File.GetLocation(), text));
                return;
            }

            var path = Resolve(from, text);
            if (_seen.Contains(path))
                return;
            if (!File.Exists(path))
            {
                _seen.Add(path);
                Problems.Add(Diagnostic.Create(ScriptRules.FileMissing, directive.File.GetLocation(), text, path));
                return;
            }

            Visit(read(path));
        }

        private void Refer(ScriptFile from, ReferenceDirectiveTriviaSyntax directive)
        {
            var text = directive.File.ValueText;
            var place = directive.File.GetLocation();
            try
            {
                if (PackageReference.Parse(text) is { } package)
                {
                    if (Packages.Find(p => p.Name.Equals(package.Name, StringComparison.OrdinalIgnoreCase) && p.Version != package.Version) is { } other)
                        Problems.Add(Diagnostic.Create(ScriptRules.TwoVersions, place, package.Name, other.Version, package.Version));
                    else
                        Packages.Add(package);
                }
                else if (Resolve(from, text) is var path && File.Exists(path))
                    Assemblies.Add(path);
                // The framework is referenced as a whole: `#r "System.Net.Http"` adds nothing and hurts nobody.
                else if (!text.Contains('/') && !text.Contains('\\') && Compiling.Platform.Has(text))
                    return;
                else
                    Problems.Add(Diagnostic.Create(ScriptRules.FileMissing, place, text, path));
            }
            catch (FormatException e)
            {
                Problems.Add(Diagnostic.Create(ScriptRules.PackageMalformed, place, e.Message));
            }
        }

        private static string Resolve(ScriptFile from, string path) =>
            Path.GetFullPath(path.Replace('\\', '/'), Path.GetDirectoryName(from.Path) ?? Environment.CurrentDirectory);
    }
}
