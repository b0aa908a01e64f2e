using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Configurations of Hydra: YAML files with their defaults lists.</summary>
internal static class HydraReader
{
    private const int MaxFiles = 200;

    public static CommandLine Read(FunctionValue function, IReadOnlyList<(string? Name, Value Value)> arguments, ScriptReader reader, Expressions expressions)
    {
        var command = new CommandLine { Grammar = Grammar.Overrides };
        var path = Get(arguments, "config_path", 0);
        var name = Get(arguments, "config_name", 1);
        var folder = function.Scope.Module.Path.Contains('/') ? function.Scope.Module.Path.Substring(0, function.Scope.Module.Path.LastIndexOf('/')) : "";
        if (Truth.Text(name) is not { } file || (path is not null && path is not ConstantValue))
        {
            command.IsOpen = true;
            return command;
        }

        // Structured configurations are stored from code; which ones is not followed.
        var below = Truth.Text(path) is { } relative ? Join(folder, relative) : folder;
        var main = file.EndsWith(".yaml", StringComparison.Ordinal) ? file.Substring(0, file.Length - 5) : file;
        var budget = MaxFiles;
        if (below is null || !Add(command, reader, below, main, "", ref budget))
            command.IsOpen = true;
        return command;
    }

    /// <summary>Adds the keys of a file and of what its defaults list names; false when one of them is not known.</summary>
    private static bool Add(CommandLine command, ScriptReader reader, string folder, string name, string package, ref int budget)
    {
        var path = folder.Length == 0 ? name + ".yaml" : $"{folder}/{name}.yaml";
        if (budget-- <= 0 || reader.Text(path) is not { } text)
            return false;
        var yaml = YamlKeys.Read(text);
        // A header may move a file's keys to another place.
        if (!yaml.IsWhole)
            return false;
        var at = yaml.Package switch { null => package, "_global_" => "", _ => null };
        if (at is null)
            return false;
        foreach (var (key, value) in yaml.Keys)
            Add(command, at.Length == 0 ? key : $"{at}.{key}", value);
        foreach (var (group, choice) in yaml.Defaults)
        {
            if (group.Length == 0)
            {
                if (choice != "_self_" && !Add(command, reader, folder, choice, package, ref budget))
                    return false;
                continue;
            }

            // hydra/launcher and the like come with Hydra.
            if (group.StartsWith("override", StringComparison.Ordinal) || group.StartsWith("hydra", StringComparison.Ordinal))
                continue;
            if (group.Contains('@') || group.Contains(' '))
                return false;
            var key = group.Replace('/', '.');
            Add(command, package.Length == 0 ? key : $"{package}.{key}", null);
            if (choice is not ("null" or "~" or "???" or "") && !Add(command, reader, folder.Length == 0 ? group : $"{folder}/{group}", choice, package.Length == 0 ? key : $"{package}.{key}", ref budget))
                return false;
        }

        return true;
    }

    private static void Add(CommandLine command, string key, string? value)
    {
        if (command.Options.Any(option => option.Names[0] == key))
            return;
        command.Options.Add(new Option([key]) { Takes = Takes.Unknown, IsRequired = value == "???" });
    }

    private static string? Join(string folder, string relative)
    {
        var parts = folder.Length == 0 ? [] : folder.Split('/').ToList();
        foreach (var part in relative.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }

        return string.Join("/", parts);
    }

    private static Value? Get(IReadOnlyList<(string? Name, Value Value)> arguments, string name, int position) =>
        arguments.FirstOrDefault(argument => argument.Name == name).Value ?? arguments.Where(argument => argument.Name is null).Select(argument => argument.Value).ElementAtOrDefault(position);
}
