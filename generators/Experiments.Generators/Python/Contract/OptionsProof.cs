using Experiments.Core;
using Experiments.Generators.Locks;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Experiments.Generators.Python.CommandLines;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Python.Contract;

/// <summary>Checks what an experiment passes against what a script accepts.</summary>
internal sealed class OptionsProof(
    INamedTypeSymbol type, RecordModel record, EntrypointModel entrypoint, Script script, CommandLine root, IProblemSink problems, Location place, CancellationToken cancellation)
{
    private readonly HashSet<Option> _passed = [];
    private CommandLine? _chosen;
    private int _positionals;
    private string _file = "";

    /// <summary>The sub-command that the fixed arguments choose.</summary>
    private CommandLine Command => _chosen ?? root;

    /// <summary>Checks all options.</summary>
    /// <returns>The command, or sub-command, that gets them; <see langword="null"/> when that is not understood.</returns>
    public CommandLine? Check(string file)
    {
        _file = file;
        if (!IsStyle() || entrypoint.Style == "None" && root.Grammar == Grammar.Overrides)
            return null;
        if (!FixedArguments())
            return null;
        var values = Passed(record, []).ToList();
        if (entrypoint.Style == "Options")
            Options(values);
        else if (entrypoint.Style == "Overrides")
            Overrides(values);
        else if (entrypoint.Style == "ConfigFile" && Command.Find("--config").Count == 0)
            problems.Report(RuleIds.UnknownOption, place, _file, "--config", Nearest("--config") ?? "", "");
        CheckRequired(isLast: true);
        return Command;
    }

    private bool IsStyle()
    {
        switch (entrypoint.Style)
        {
            case "Options" when root.Grammar == Grammar.Overrides:
                problems.Report(RuleIds.ArgumentStyle, place, _file, "Hydra's `key=value`", "`--key value`", "Overrides");
                return false;
            case "Overrides" when root.Grammar == Grammar.Options && root.Positionals.Count == 0 && root.Commands.Count == 0:
                problems.Report(RuleIds.ArgumentStyle, place, _file, "`--key value`", "Hydra's `key=value`", "Options");
                return false;
            case "ConfigFile" when root.Grammar == Grammar.Overrides:
                // Hydra has a --config-name of its own; a path is none.
                return false;
            case "Overrides":
                return root.Grammar == Grammar.Overrides;
            default:
                return true;
        }
    }

    /// <summary>Walks the fixed arguments into sub-commands; false when they are wrong or not understood.</summary>
    private bool FixedArguments()
    {
        if (root.Grammar == Grammar.Overrides)
        {
            foreach (var word in script.Arguments.Where(word => word.Contains('=')))
                _passed.UnionWith(root.Find(word.Substring(0, word.IndexOf('=')).TrimStart('+', '~')));
            return script.Arguments.All(word => !word.StartsWith("--config", StringComparison.Ordinal) && !word.StartsWith("-c", StringComparison.Ordinal));
        }

        var positionals = 0;
        for (var i = 0; i < script.Arguments.Count; i++)
        {
            var word = script.Arguments[i];
            if (word.StartsWith("-", StringComparison.Ordinal) && word.Length > 1)
            {
                if (!FixedOption(word, ref i))
                    return false;
            }
            else if (positionals < Command.Positionals.Count)
                positionals += Command.Positionals[positionals].IsMany ? 0 : 1;
            else if (Command.Commands.TryGetValue(word, out var chosen))
            {
                _positionals = positionals;
                CheckRequired(isLast: false);
                _chosen = chosen;
                positionals = 0;
                if (Command.IsOpen)
                    return false;
            }
            else
            {
                problems.Report(RuleIds.UnknownOption, place, _file, word, Suggestion.Closest(word, Command.Commands.Keys) ?? "", "");
                return false;
            }
        }

        _positionals = positionals;
        return true;
    }

    private bool FixedOption(string word, ref int index)
    {
        var name = word.Contains('=') ? word.Substring(0, word.IndexOf('=')) : word;
        var found = Command.Find(name);
        if (found.Count == 0 && name.StartsWith("--", StringComparison.Ordinal) && name != "--help")
        {
            problems.Report(RuleIds.UnknownOption, place, _file, name, Nearest(name) ?? "", "");
            return false;
        }

        // Short options may be joined, and values may look like options.
        if (found.Count != 1 || found[0].Takes == Takes.Unknown)
            return false;
        _passed.Add(found[0]);
        if (found[0].Takes == Takes.Value && name == word)
            index++;
        else if (found[0].Takes is Takes.Values or Takes.OptionalValue)
        {
            while (index + 1 < script.Arguments.Count && !script.Arguments[index + 1].StartsWith("-", StringComparison.Ordinal))
                index++;
        }

        return true;
    }

    private void Options(IReadOnlyList<PassedValue> values)
    {
        var isKebab = entrypoint.OptionCase == "Kebab";
        var others = new List<PassedValue>();
        var isCase = false;
        foreach (var value in values)
        {
            var name = "--" + (isKebab ? value.Key.Replace('_', '-') : value.Key);
            var found = Command.Find(name);
            if (found.Count == 1)
            {
                _passed.Add(found[0]);
                new ValueProof(entrypoint, Command, problems).Check(value, name, found[0]);
                continue;
            }

            var other = "--" + (isKebab ? value.Key : value.Key.Replace('_', '-'));
            if (found.Count == 0 && other != name && Command.Find(other) is { Count: 1 } inOther)
            {
                _passed.Add(inOther[0]);
                if (!isCase)
                    problems.Report(RuleIds.OptionCase, place, _file, other, name, isKebab ? "Snake" : "Kebab");
                isCase = true;
                continue;
            }

            others.Add(value);
        }

        foreach (var value in others)
        {
            // A flag that is never true is never passed.
            if (value.Value.Kind == ValueKind.Boolean && entrypoint.Booleans == "Negatable" && Command.Find("--no-" + value.Key.Replace('_', '-')).Count > 0)
                continue;
            var name = "--" + (isKebab ? value.Key.Replace('_', '-') : value.Key);
            var nearest = Nearest(name) ?? ByInitials(name);
            problems.Report(RuleIds.UnknownOption, value.Place, _file, name, nearest ?? "", nearest is null ? "" : KeyOf(nearest, value, isKebab));
        }
    }

    private void Overrides(IReadOnlyList<PassedValue> values)
    {
        foreach (var value in values)
        {
            if (Command.Find(value.Key).FirstOrDefault() is { } option)
                _passed.Add(option);
            // Keys below one that is a text, a list or empty may come from elsewhere.
            else if (!Command.Options.Any(known => value.Key.StartsWith(known.Names[0] + ".", StringComparison.Ordinal) && Command.Options.All(o => !o.Names[0].StartsWith(known.Names[0] + ".", StringComparison.Ordinal))))
            {
                var nearest = Suggestion.Closest(value.Key, Free(values).SelectMany(o => o.Names));
                problems.Report(RuleIds.UnknownOption, value.Place, _file, value.Key, nearest ?? "", nearest is null ? "" : KeyOf(nearest, value, isKebab: false));
            }
        }
    }

    private IEnumerable<Option> Free(IReadOnlyList<PassedValue>? values = null) => Command.Options.Where(option => !_passed.Contains(option) && values?.Any(v => v.Key == option.Names[0]) != true);

    private string? Nearest(string name) => Suggestion.Closest(name, Free().SelectMany(option => option.Names).Where(n => n.StartsWith("--", StringComparison.Ordinal)));

    /// <summary>People shorten: <c>--lr</c> for <c>--learning-rate</c>, or the other way round.</summary>
    private string? ByInitials(string name)
    {
        var matches = Free().SelectMany(option => option.Names).Where(n => n.StartsWith("--", StringComparison.Ordinal) && (Initials(n) == name || Initials(name) == n)).ToList();
        return matches.Count == 1 ? matches[0] : null;

        static string Initials(string option) => "--" + string.Concat(option.TrimStart('-').Split('-', '_').Where(word => word.Length > 0).Select(word => word[0]));
    }

    /// <summary>The key a property needs for an option; empty when no key gives it.</summary>
    private static string KeyOf(string option, PassedValue value, bool isKebab)
    {
        var path = option.TrimStart('-');
        var key = isKebab ? path.Replace('-', '_') : path;
        var parent = value.Key.Contains('.') ? value.Key.Substring(0, value.Key.LastIndexOf('.') + 1) : "";
        var isReachable = !isKebab || !path.Contains('_');
        return isReachable && key.StartsWith(parent, StringComparison.Ordinal) && key.IndexOf('.', parent.Length) < 0 ? key.Substring(parent.Length) : "";
    }

    private void CheckRequired(bool isLast)
    {
        if (Command.IsOpen)
            return;
        if (entrypoint.Style == "ConfigFile")
            _passed.UnionWith(Command.Find("--config"));
        var missing = Command.Options.Where(option => option.IsRequired && !_passed.Contains(option)).Select(option => $"`{option.Name}`").ToList();
        missing.AddRange(Command.Positionals.Skip(_positionals).Where(positional => positional.IsRequired).Select(positional => $"`{positional.Name}`"));
        foreach (var group in Command.RequiredGroups.Where(group => !Command.Options.Any(option => option.Group == group && _passed.Contains(option))))
            missing.Add($"one of {string.Join(", ", Command.Options.Where(option => option.Group == group).Select(option => $"`{option.Name}`"))}");
        if (isLast && Command.IsCommandRequired && Command.Commands.Count > 0 && missing.Count == 0)
            missing.Add($"one of its commands {string.Join(", ", Command.Commands.Keys.Select(name => $"`{name}`"))}");
        if (missing.Count > 0)
            problems.Report(RuleIds.MissingOption, place, _file, string.Join(" and ", missing));
    }

    /// <summary>The values that are passed, nested ones by their path: no inputs and no secrets.</summary>
    private IEnumerable<PassedValue> Passed(RecordModel owner, IReadOnlyList<PropertyModel> path)
    {
        foreach (var property in owner.Properties.Where(p => p.Value.Kind is not (ValueKind.Input or ValueKind.Secret)))
        {
            IReadOnlyList<PropertyModel> inner = [.. path, property];
            if (property.Value.Record is { } nested)
            {
                foreach (var value in Passed(nested, inner))
                    yield return value;
                continue;
            }

            yield return new PassedValue(property, string.Join(".", inner.Select(p => p.Key)), Place(inner), DeclaredDefault.Of(type, inner, cancellation), inner.Take(inner.Count - 1).Any(p => p.Value.IsNullable));
        }
    }

    private Location Place(IReadOnlyList<PropertyModel> path)
    {
        ITypeSymbol? owner = type;
        IPropertySymbol? property = null;
        foreach (var step in path)
        {
            property = owner?.Property(step.Name);
            owner = property?.Type;
        }

        // A nested record of another assembly has no place here.
        var found = property?.Place() ?? Location.None;
        return found.IsInSource ? found : type.Property(path[0].Name)?.Place() ?? place;
    }
}

/// <summary>A value that reaches the command line.</summary>
/// <param name="Property">Its property.</param>
/// <param name="Key">Its path outside C#.</param>
/// <param name="Place">Where it is declared.</param>
/// <param name="Default">Its default; <see langword="null"/> when only the program knows.</param>
/// <param name="IsMaybeAbsent">Whether a record it is in may be null.</param>
internal sealed record PassedValue(PropertyModel Property, string Key, Location Place, JsonNode? Default, bool IsMaybeAbsent)
{
    public ValueModel Value => Property.Value;
}
