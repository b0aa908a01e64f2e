using System.CommandLine;
using System.Text.Json;
using Experiments.Core;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>One invocation of a command: what it may name, where it writes, which results root it looks at.</summary>
internal sealed record Session(Catalogue Catalogue, Terminal Terminal, ResultsRoot Root, bool Json)
{
    /// <summary>Opens the registry, creating it where there is none.</summary>
    public Task<SqliteRegistry> OpenRegistryAsync() => SqliteRegistry.OpenAsync(Root, new RegistryOptions());

    /// <summary>Opens a registry that must be there, to look at it.</summary>
    public Task<SqliteRegistry> OpenExistingRegistryAsync() => SqliteRegistry.OpenAsync(Root, new RegistryOptions { ReadOnly = true });

    /// <summary>Opens the registry to look at it; <see langword="null"/>: there is none yet.</summary>
    public async Task<SqliteRegistry?> FindRegistryAsync()
    {
        try
        {
            return await OpenExistingRegistryAsync().ConfigureAwait(false);
        }
        catch (ExperimentsException error) when (error.Code == "EXP7005")
        {
            return null;
        }
    }

    /// <summary>Opens a registry that must be there, to change it: a mistyped results root is not created.</summary>
    public Task<SqliteRegistry> OpenRegistryToChangeAsync() => SqliteRegistry.OpenAsync(Root, new RegistryOptions { Create = false });

    /// <summary>Says what was done: as advice, or with <c>--json</c> as an object.</summary>
    public void Tell(string advice, Action<Utf8JsonWriter> write)
    {
        if (!Json)
        {
            Terminal.Advise(advice);
            return;
        }

        Terminal.WriteJson(json =>
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        });
    }

    /// <summary>Plans a target.</summary>
    /// <param name="name">Sweep, experiment or plan file.</param>
    /// <param name="overrides">What follows it and is no option of the command.</param>
    /// <param name="command">The command, whose own options a mistyped override may have meant.</param>
    public Plan Plan(string name, IReadOnlyList<string> overrides, Command command)
    {
        try
        {
            return Targets.Require(Catalogue, name).Plan(overrides);
        }
        catch (ExperimentsException error) when (error.Code == "EXP8010")
        {
            // The experiment's parser knows its own options only, and its bounds the names of values.
            var typed = overrides.Where(o => o.StartsWith("--", StringComparison.Ordinal)).Select(o => o.Split('=')[0]).ToList();
            var message = typed.Aggregate(error.Message, (text, option) => text.Replace($"`{option[2..].Replace('-', '_')}`", $"`{option}`", StringComparison.Ordinal));
            var hint = error.Hint ?? $"`{command.Name} {name} --help` lists the options";
            throw new ExperimentsException(error.Code, message, OwnOption(error.Message, typed, command) is { } own ? $"{hint}, or did you mean `{own}` of `{command.Name}`?" : hint, error.ExitCode, error);
        }
    }

    private static string? OwnOption(string message, IReadOnlyList<string> typed, Command command) => typed
        .Where(o => message.Contains($"`{o}`", StringComparison.Ordinal))
        .Select(o => Suggestion.Closest(o, UsageErrors.OptionsOf(command).Select(known => known.Name)))
        .FirstOrDefault(near => near is not null);
}
