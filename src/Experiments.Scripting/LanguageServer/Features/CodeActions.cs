using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;
using Experiments.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>Our fixes for what is wrong at a place.</summary>
internal static class CodeActions
{
    private static readonly Lazy<ImmutableArray<CodeFixProvider>> Providers = new(() =>
        [.. typeof(AddPartialFix).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<ExportCodeFixProviderAttribute>() is not null && !t.IsAbstract)
            .Select(t => (CodeFixProvider)Activator.CreateInstance(t)!)]);

    public static async Task<JsonArray> AtAsync(Snapshot snapshot, FeatureProject project, ImmutableArray<Diagnostic> diagnostics, TextSpan span, CancellationToken cancel)
    {
        var actions = new JsonArray();
        foreach (var diagnostic in diagnostics.Where(d => d.Location.IsInSource))
        {
            if (snapshot.Place(diagnostic.Location) is not var (path, _, place) || path != snapshot.Sources.Main.Path || !place.IntersectsWith(span))
                continue;
            var part = snapshot.Parts.First(p => p.Tree.FilePath == diagnostic.Location.SourceTree!.FilePath);
            var document = project.Of(snapshot, part);
            foreach (var provider in Providers.Value.Where(p => p.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var found = new List<CodeAction>();
                await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => found.Add(action), cancel)).ConfigureAwait(false);
                foreach (var action in found)
                    await AddAsync(action, document.Project.Solution, diagnostic).ConfigureAwait(false);
            }
        }

        return actions;

        async Task AddAsync(CodeAction action, Solution before, Diagnostic diagnostic)
        {
            foreach (var operation in (await action.GetOperationsAsync(cancel).ConfigureAwait(false)).OfType<ApplyChangesOperation>())
            {
                actions.Add(new JsonObject
                {
                    ["title"] = action.Title,
                    ["kind"] = "quickfix",
                    ["diagnostics"] = new JsonArray(new JsonObject { ["code"] = diagnostic.Id, ["message"] = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), ["range"] = Protocol.Range(snapshot.Sources.Main.Text, snapshot.Place(diagnostic.Location)!.Value.Span) }),
                    ["edit"] = await Edits.BetweenAsync(snapshot, before, operation.ChangedSolution, cancel).ConfigureAwait(false),
                });
            }
        }
    }
}
