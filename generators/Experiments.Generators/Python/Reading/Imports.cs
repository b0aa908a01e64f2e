using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Imports: modules among the sources are read, everything else is a library, known by name.</summary>
internal sealed class Imports(SourceTree tree, string folder, ScriptReader reader)
{
    public void Execute(Statement statement, Scope scope)
    {
        if (statement is ImportStatement import)
        {
            var first = import.Module.Split('.')[0];
            var last = Module(import.Module);
            scope.Names[import.Alias ?? first] = import.Alias is null ? Module(first) : last;
        }
        else if (statement is ImportFromStatement from)
            From(from, scope);
    }

    private void From(ImportFromStatement from, Scope scope)
    {
        var module = from.Level == 0 ? from.Module : Absolute(scope.Module.Package, from.Level, from.Module);
        var file = module is null ? null : from.Level == 0 ? FileOf(module) : tree.ModuleFile(module);
        foreach (var (name, alias) in from.Names)
        {
            if (name == "*")
            {
                Star(module, file, scope);
                continue;
            }

            var inner = module is null ? null : from.Level == 0 ? FileOf($"{module}.{name}") : tree.ModuleFile(module.Length == 0 ? name : $"{module}.{name}");
            var value = file is null ? null : Member(file, name);
            scope.Names[alias] = value ?? (inner is not null ? reader.Import(inner, "imported") : from.Level == 0 && file is null ? new LibraryValue($"{module}.{name}") : Value.Unknown);
        }
    }

    private void Star(string? module, string? file, Scope scope)
    {
        if (file is not null)
        {
            foreach (var pair in reader.Import(file, "imported").Scope.Names.ToList())
                scope.Names[pair.Key] = pair.Value;
        }
        else if (module == "argparse")
            scope.Names["ArgumentParser"] = new LibraryValue("argparse.ArgumentParser");
        else
            scope.Names["*"] = Value.Unknown;
    }

    private Value? Member(string file, string name) =>
        reader.Import(file, "imported").Scope.Names.TryGetValue(name, out var value) ? value : null;

    private Value Module(string module) => FileOf(module) is { } file ? reader.Import(file, "imported")
        : tree.HasFolder(Below(module.Replace('.', '/'))) ? Value.Unknown
        : new LibraryValue(module);

    private string? FileOf(string module) => tree.ModuleFile(Below(module.Replace('.', '/')).Replace('/', '.'));

    private string Below(string path) => folder.Length == 0 ? path : $"{folder}/{path}";

    /// <summary>The module a relative import means, from the working directory; <see langword="null"/> beyond the top.</summary>
    public static string? Absolute(string package, int level, string module)
    {
        var parts = package.Length == 0 ? [] : package.Split('.').ToList();
        if (parts.Count < level - 1)
            return null;
        parts.RemoveRange(parts.Count - (level - 1), level - 1);
        if (module.Length > 0)
            parts.Add(module);
        return string.Join(".", parts);
    }
}
