using Experiments.Generators.Python.Reading;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Contract;

/// <summary>Scripts that only start as a module: Python looks for their imports from the script's folder, not from where it runs.</summary>
internal static class Packages
{
    /// <summary>Why a script fails when it starts as a file; <see langword="null"/> when it may not.</summary>
    public static string? FailureOf(SourceTree tree, string file)
    {
        if (!file.Contains('/') || tree.Text(file) is not { } text)
            return null;
        var module = PythonModule.Of(file, text);
        // Scripts that put folders on the path themselves know what they do, and so do installed packages.
        var isInstalled = tree.Has("setup.py") || tree.Has("pyproject.toml");
        if (text.ToString().Contains("sys.path") || text.ToString().Contains("__package__"))
            return null;
        var folder = file.Substring(0, file.LastIndexOf('/'));
        var top = file.Substring(0, file.IndexOf('/'));
        foreach (var statement in module.Body)
        {
            if (statement is ImportFromStatement { Level: > 0 } relative)
                return $"`from {new string('.', relative.Level)}{relative.Module} import …` has no parent package then";
            var name = statement switch { ImportFromStatement { Level: 0 } from => from.Module, ImportStatement import => import.Module, _ => null };
            if (name is null || isInstalled || name.Split('.')[0] != top || tree.HasFolder($"{folder}/{top}") || tree.Has($"{folder}/{top}.py"))
                continue;
            return $"`import {name}` finds no module named `{top}` then";
        }

        return null;
    }
}
