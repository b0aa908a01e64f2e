using Experiments.CommandLine;
using Experiments.Runtime;
using Experiments.Runtime.Processes;
using Experiments.Scripting;
using Experiments.Scripting.Caching;
using Experiments.Scripting.Running;
using Experiments.Tool.Checking;

namespace Experiments.Tool;

/// <summary>This process as the program that a script is.</summary>
internal static class ScriptProgram
{
    /// <summary>Runs a script, or what was asked of what it declares.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ScriptArguments words)
    {
        var terminal = Terminal.Standard();
        try
        {
            return Compile(words, terminal) is { } script ? await RunAsync(script, words, terminal).ConfigureAwait(false) : (int)ExitCode.Usage;
        }
        catch (ExperimentsException e)
        {
            ErrorText.Write(terminal, e, words.WantsDebug);
            return (int)e.ExitCode;
        }
    }

    private static CompiledScript? Compile(ScriptArguments words, Terminal terminal)
    {
        var host = new ScriptHost(CacheFolder.OfUser());
        if (words.Key is { } key && host.ByKey(key) is { } planned)
            return planned;
        var (script, problems) = host.Prepare(words.Path);
        if (words.Key is { } wanted && script is not null && script.Key != wanted)
        {
            throw new ExperimentsException("EXP9011", $"expected script `{words.Path}` as it was when this run was planned, got a changed one",
                "the compiled script is no longer in the cache; plan the run again with the script as it is now");
        }

        ProblemText.Write(terminal, problems);
        return script;
    }

    private static async Task<int> RunAsync(CompiledScript script, ScriptArguments words, Terminal terminal)
    {
        ThisProgram.Become([ScriptArguments.AttemptWord, script.Key.ToString(), script.Path], Path.GetDirectoryName(script.Path)!);
        var loaded = LoadedScript.Load(script);
        var args = words.After.ToArray();
        if (words.Key is not null)
            return await AttemptHost.RunAsync(args, LoadedScript.Catalogue).ConfigureAwait(false);
        if (script.HasStatements && words.Verb is null or "run")
            return await StatementsAsync(loaded, args, words.WantsDebug, terminal).ConfigureAwait(false);
        return words.IsDirect
            ? await Shell.RunAsync(args, LoadedScript.Catalogue, terminal).ConfigureAwait(false)
            : await Shell.RunAsync(Command(words, LoadedScript.Catalogue), LoadedScript.Catalogue, terminal).ConfigureAwait(false);
    }

    /// <summary>The command with a target: the one named behind the script, else the script, which means all it declares.</summary>
    private static string[] Command(ScriptArguments words, Catalogue catalogue) => words.After is [var name, ..] && Targets.Find(catalogue, name) is not null
        ? [.. words.Before, .. words.After]
        : [.. words.Before, words.Path, .. words.After];

    private static async Task<int> StatementsAsync(LoadedScript script, string[] args, bool debug, Terminal terminal)
    {
        try
        {
            return await script.RunAsync(args).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not ExperimentsException)
        {
            Console.Out.Flush();
            ScriptError.Write(terminal.Error, e, debug);
            return (int)ExitCode.RunFailed;
        }
    }
}
