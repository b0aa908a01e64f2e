using System.Collections.Immutable;
using System.Globalization;
using Experiments.Scripting.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Scripting.Compiling;

/// <summary>From what the compiler reports of a script's layers to what is wrong with the script.</summary>
internal static class ScriptProblems
{
    /// <summary>Names that don't exist, as the compiler sees a script's variable in a type.</summary>
    private const string UnknownName = "CS0103";

    /// <summary>What is wrong with a script and what it loads, in the order of places.</summary>
    /// <param name="diagnostics">Everything that was reported.</param>
    /// <param name="sources">The script.</param>
    /// <param name="least">What is less severe is left out.</param>
    public static ImmutableArray<ScriptProblem> Of(IEnumerable<Diagnostic> diagnostics, ScriptSources sources, DiagnosticSeverity least = DiagnosticSeverity.Warning)
    {
        var paths = sources.Files.Select(f => f.Path).ToHashSet();
        var variables = sources.Files.SelectMany(Variables).ToHashSet();
        var relevant = diagnostics.Where(d => d.Severity >= least && !d.IsSuppressed).Select(d => InType(d, variables)).ToList();
        var problems = relevant.Where(d => !IsOfScaffold(d, paths)).Select(Of).Distinct().OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column).ToList();
        // A mistake in a using is found in every layer of its file; if only in what we wrote around one, then that must do.
        return problems.Exists(p => p.IsError) || !relevant.Exists(d => d.Severity == DiagnosticSeverity.Error) ? [.. problems] : [.. relevant.Select(Of).Distinct()];
    }

    public static ScriptProblem Of(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetMappedLineSpan();
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        var isError = diagnostic.Severity == DiagnosticSeverity.Error;
        var problem = diagnostic.Location.IsInSource || span.IsValid
            ? new ScriptProblem(diagnostic.Id, isError, message, span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, span.EndLinePosition.Line + 1, span.EndLinePosition.Character + 1)
            : new ScriptProblem(diagnostic.Id, isError, message, "", 0, 0, 0, 0);
        return problem with { IsAdvice = diagnostic.Severity == DiagnosticSeverity.Info };
    }

    /// <summary>Whether it is about text that stands in no script.</summary>
    private static bool IsOfScaffold(Diagnostic diagnostic, HashSet<string> paths) =>
        diagnostic.Location.IsInSource && !paths.Contains(diagnostic.Location.GetMappedLineSpan().Path) && diagnostic.Location.SourceTree!.FilePath.Contains(".csx", StringComparison.Ordinal)
        && !diagnostic.Location.SourceTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>What statements declare and types can't see.</summary>
    private static IEnumerable<string> Variables(ScriptFile file) => file.Root.Members.SelectMany(member => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(v => v.Identifier.ValueText),
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        _ => [],
    });

    private static Diagnostic InType(Diagnostic diagnostic, HashSet<string> variables)
    {
        if (diagnostic.Id != UnknownName || diagnostic.Location.SourceTree is not { } tree || tree.Options.Kind == SourceCodeKind.Script)
            return diagnostic;
        var node = tree.GetRoot().FindNode(diagnostic.Location.SourceSpan);
        var name = node.GetFirstToken().ValueText;
        var owner = node.FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.ValueText ?? node.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.ToString().Split('(')[0] ?? "";
        return variables.Contains(name) ? Diagnostic.Create(ScriptRules.VariableInType, diagnostic.Location, name, owner) : diagnostic;
    }
}
