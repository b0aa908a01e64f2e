using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer;

/// <summary>A script's trees as documents, which the compiler's services for editors work on. Follows snapshots.</summary>
internal sealed class FeatureProject : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly Lock _lock = new();
    private Solution _solution;
    private Snapshot? _snapshot;
    private ProjectId? _project;

    public FeatureProject() => _solution = _workspace.CurrentSolution;

    /// <summary>The documents of a snapshot.</summary>
    public Project Of(Snapshot snapshot)
    {
        lock (_lock)
        {
            if (_snapshot != snapshot)
            {
                Follow(snapshot);
                _snapshot = snapshot;
            }

            return _solution.GetProject(_project!)!;
        }
    }

    /// <summary>The document of one of a snapshot's trees.</summary>
    public Document Of(Snapshot snapshot, Part part) => Of(snapshot).Documents.Single(d => d.FilePath == part.Tree.FilePath);

    public void Dispose() => _workspace.Dispose();

    private void Follow(Snapshot snapshot)
    {
        var trees = snapshot.Compilation.SyntaxTrees.ToDictionary(t => t.FilePath);
        var known = _project is null ? null : _solution.GetProject(_project);
        if (known is null || !known.MetadataReferences.SequenceEqual(snapshot.Compilation.References))
        {
            if (_project is not null)
                _solution = _solution.RemoveProject(_project);
            _project = ProjectId.CreateNewId();
            _solution = _solution.AddProject(ProjectInfo.Create(_project, VersionStamp.Default, "script", snapshot.Compilation.AssemblyName!, LanguageNames.CSharp,
                compilationOptions: snapshot.Compilation.Options, parseOptions: Sources.Grammar.Regular, metadataReferences: snapshot.Compilation.References));
            known = _solution.GetProject(_project)!;
        }

        foreach (var document in known.Documents)
        {
            if (!trees.Remove(document.FilePath!, out var tree))
                _solution = _solution.RemoveDocument(document.Id);
            else if (!document.TryGetText(out var text) || !text.ContentEquals(tree.GetText()))
                _solution = _solution.WithDocumentText(document.Id, tree.GetText());
        }

        foreach (var tree in trees.Values)
        {
            _solution = _solution.AddDocument(DocumentInfo.Create(DocumentId.CreateNewId(_project!), Path.GetFileName(tree.FilePath), sourceCodeKind: tree.Options.Kind,
                loader: TextLoader.From(TextAndVersion.Create(tree.GetText(), VersionStamp.Create())), filePath: tree.FilePath));
        }
    }
}
