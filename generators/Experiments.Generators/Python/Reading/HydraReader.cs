using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Configurations of Hydra: YAML files with their defaults lists, and dataclasses that the script stores under a name.</summary>
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

        var below = Truth.Text(path) is { } relative ? Join(folder, relative) : folder;
        var main = file.EndsWith(".yaml", StringComparison.Ordinal) ? file.Substring(0, file.Length - 5) : file;
        var budget = MaxFiles;
        if (below is null || reader.Text(PathOf(below, main)) is null ? !AddStored(command, function, main, expressions) : !Add(command, reader, below, main, "", ref budget))
            command.IsOpen = true;
        return command;
    }

    private static string PathOf(string folder, string name) => folder.Length == 0 ? name + ".yaml" : $"{folder}/{name}.yaml";

    /// <summary>Adds the fields of the dataclass that the script's own module stores under the name: <c>store.store(name="config", node=Config)</c>; false when that is not all there is to know.</summary>
    private static bool AddStored(CommandLine command, FunctionValue function, string name, Expressions expressions)
    {
        var stores = function.Scope.Module.Body.OfType<ExpressionStatement>().Select(statement => statement.Value).OfType<CallNode>()
            .Where(call => call.Target is AttributeNode { Name: "store" }).Select(call => expressions.Arguments(call, function.Scope)).ToList();
        // Members of groups add keys, and packages move them.
        if (stores.Count != 1 || stores[0].Any(argument => argument.Name is not (null or "name" or "node" or "provider")) || stores[0].Count(argument => argument.Name is null) > 2
            || Truth.Text(Get(stores[0], "name", 0)) != name || Get(stores[0], "node", 1) is not ClassValue type)
            return false;
        new RecordReader(RecordStyle.Hydra, expressions).Add(type, command);
        return true;
    }

    /// <summary>Adds the keys of a file and of what its defaults list names; false when one of them is not known.</summary>
    private static bool Add(CommandLine command, ScriptReader reader, string folder, string name, string package, ref int budget)
    {
        if (budget-- <= 0 || reader.Text(PathOf(folder, name)) is not { } text)
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
