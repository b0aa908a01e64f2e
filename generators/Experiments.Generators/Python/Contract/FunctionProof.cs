using Experiments.Core;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Experiments.Generators.Python.Reading;
using Experiments.Generators.Python.Syntax;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Python.Contract;

/// <summary>Checks <c>pkg.module:function</c>, which is called with <c>(job_id, worker_id, storage_path, **config)</c>.</summary>
internal sealed class FunctionProof(RecordModel record, EntrypointModel entrypoint, SourceTree tree, IProblemSink problems, Location place, string where)
{
    private const int PassedByPosition = 3;

    public void Check()
    {
        var module = entrypoint.Target.Split(':')[0];
        var name = entrypoint.Target.Split(':')[1];
        if (tree.ModuleFile(module) is not { } file)
        {
            var nearest = Suggestion.Closest(module, tree.Paths.Where(path => path.EndsWith(".py", StringComparison.Ordinal)).Select(path => path.Substring(0, path.Length - 3).Replace('/', '.')));
            if (nearest is not null || (module.Contains('.') && tree.HasFolder(module.Split('.')[0])))
                problems.Report(RuleIds.EntrypointMissing, place, $"module `{module}`", where, nearest is null ? "" : $"{nearest}:{name}");
            return;
        }

        var function = ScriptReader.Function(tree, file, name, out var isMissing, out var names);
        if (isMissing)
            problems.Report(RuleIds.EntrypointMissing, place, $"function `{name}` of `{file}`", where, Suggestion.Closest(name, names) is { } close ? $"{module}:{close}" : "");
        // A decorator may make it anything.
        else if (function is { Decorators.Count: 0 })
            CheckSignature(function);
    }

    private void CheckSignature(FunctionStatement function)
    {
        if (function.IsAsync)
        {
            Report("be an ordinary function, got `async`, whose result is not awaited");
            return;
        }

        var parameters = function.Parameters;
        var positional = parameters.Where(p => p.Star == 0 && !p.IsKeywordOnly).ToList();
        if (positional.Count < PassedByPosition && parameters.All(p => p.Star != 1))
        {
            Report($"begin with the parameters `job_id, worker_id, storage_path`, got {(positional.Count == 0 ? "none" : string.Join(", ", positional.Select(p => $"`{p.Name}`")))}");
            return;
        }

        var keys = record.Properties.Where(p => p.Value.Kind is not ValueKind.Secret).Select(p => p.Key).ToList();
        var byName = parameters.Where(p => p.Star == 0 && !p.IsPositionalOnly).Select(p => p.Name).ToList();
        var first = positional.Take(PassedByPosition).Select(p => p.Name).ToList();
        if (keys.FirstOrDefault(first.Contains) is { } twice)
            Report($"take `{twice}` once, got it by position and as a part of the configuration");
        else if (parameters.All(p => p.Star != 2) && keys.FirstOrDefault(key => !byName.Contains(key)) is { } unknown)
            Report($"take `{unknown}` or `**config`, got neither{(Suggestion.Closest(unknown, byName.Except(first)) is { } close ? $"; did you mean `{close}`?" : "")}");
        else if (parameters.FirstOrDefault(p => p.Star == 0 && p.Default is null && !first.Contains(p.Name) && !keys.Contains(p.Name)) is { } missing && positional.IndexOf(missing) is < 0 or >= PassedByPosition)
            Report($"need nothing but the configuration, got parameter `{missing.Name}` without a default");
    }

    private void Report(string problem) => problems.Report(RuleIds.FunctionSignature, place, entrypoint.Target, problem);
}
