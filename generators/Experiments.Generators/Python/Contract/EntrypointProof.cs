using Experiments.Core;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Reading;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Python.Contract;

/// <summary>Checks that an entrypoint exists and can start, then that it takes what the experiment passes.</summary>
internal sealed class EntrypointProof(
    INamedTypeSymbol type, AttributeData attribute, RecordModel record, EntrypointModel entrypoint, HandedOver handed, IProblemSink problems, CancellationToken cancellation)
{
    private readonly Location _place = attribute.PositionalSyntax(0)?.GetLocation() ?? attribute.Place();

    /// <summary>Checks the entrypoint and all that is passed to it.</summary>
    /// <returns>The command line that gets the options; <see langword="null"/> when it is not known.</returns>
    public CommandLine? Check()
    {
        if (entrypoint.Tool is { } tool && !CheckTool(tool))
            return null;
        if (handed.Tree(entrypoint.Tool) is not { } tree || entrypoint.Target.Contains(".."))
            return null;
        if (entrypoint.Kind == "Function")
        {
            new FunctionProof(record, entrypoint, tree, problems, _place, Where).Check();
            return null;
        }

        if (Script.Of(entrypoint) is not { } script)
            return null;
        if (script.File(tree) is not { } file)
        {
            CheckMissing(script, tree);
            return null;
        }

        if (!script.IsModule && Packages.FailureOf(tree, file) is { } failure)
        {
            var module = "-m " + file.Substring(0, file.Length - 3).Replace('/', '.');
            problems.Report(RuleIds.FileInPackage, _place, file, failure, entrypoint.Kind == "File" ? string.Join(" ", new[] { module }.Concat(script.Arguments)) : module);
            return null;
        }

        return script.CommandLine(tree, file) is { } command
            ? new OptionsProof(type, record, entrypoint, script, command, problems, _place, cancellation).Check(file)
            : null;
    }

    private string Where => entrypoint.Tool is null ? "the project" : $"`tools/{entrypoint.Tool}`";

    private bool CheckTool(string tool)
    {
        if (handed.Tools is not { } tools)
            return true;
        var place = attribute.NamedSyntax("Tool")?.GetLocation() ?? _place;
        if (!tools.Contains(tool))
        {
            problems.Report(RuleIds.UnknownTool, place, tool, Suggestion.Closest(tool, tools) ?? "");
            return false;
        }

        if (entrypoint.Commit is null && handed.IsUnpinned(tool))
            problems.Report(RuleIds.ToolNotPinned, place, tool, handed.CommitOf(tool) ?? "");
        return true;
    }

    /// <summary>A script that is not there. A module may be an installed one, unless its package is among the sources.</summary>
    private void CheckMissing(Script script, SourceTree tree)
    {
        if (script.IsModule)
        {
            var candidates = tree.Paths.Where(path => path.EndsWith(".py", StringComparison.Ordinal) && !path.EndsWith("/__init__.py", StringComparison.Ordinal))
                .Select(path => (path.EndsWith("/__main__.py", StringComparison.Ordinal) ? path.Substring(0, path.Length - "/__main__.py".Length) : path.Substring(0, path.Length - 3)).Replace('/', '.'));
            var nearest = Suggestion.Closest(script.Name, candidates);
            var package = script.Name.Split('.')[0];
            if (nearest is null && !(script.Name.Contains('.') && tree.HasFolder(package)))
                return;
            problems.Report(RuleIds.EntrypointMissing, _place, $"module `{script.Name}`", Where, nearest is null ? "" : Mended(nearest));
            return;
        }

        var files = tree.Paths.Where(path => path.EndsWith(".py", StringComparison.Ordinal)).ToList();
        var name = script.Name.Substring(script.Name.LastIndexOf('/') + 1);
        var close = Suggestion.Closest(script.Name, files) ?? files.Where(path => path.EndsWith("/" + name, StringComparison.Ordinal)).OrderBy(path => path.Length).FirstOrDefault();
        var folder = script.Name.Contains('/') ? script.Name.Substring(0, script.Name.LastIndexOf('/')) : "";
        // Elsewhere it may be in a folder above the project, from which the program runs.
        if (script.Name.StartsWith("/", StringComparison.Ordinal) || (close is null && entrypoint.Tool is null && (folder.Length == 0 || !tree.HasFolder(folder))))
            return;
        problems.Report(RuleIds.EntrypointMissing, _place, $"file `{script.Name}`", Where, close is null ? "" : Mended(close));
    }

    /// <summary>The command with the name that was meant.</summary>
    private string Mended(string name) => entrypoint.Kind switch
    {
        "Module" => string.Join(" ", new[] { "-m", name }.Concat(entrypoint.Arguments)),
        "File" => string.Join(" ", new[] { name }.Concat(entrypoint.Arguments)),
        _ => name,
    };
}
