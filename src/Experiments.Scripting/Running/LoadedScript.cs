using System.Reflection;
using System.Runtime.CompilerServices;
using Experiments.Scripting.Caching;
using Experiments.Scripting.Compiling;

namespace Experiments.Scripting.Running;

/// <summary>A compiled script in this process.</summary>
internal sealed class LoadedScript
{
    private readonly Assembly _assembly;

    private LoadedScript(CompiledScript script, Assembly assembly)
    {
        Script = script;
        _assembly = assembly;
    }

    public CompiledScript Script { get; }

    /// <summary>The experiments and sweeps it declares.</summary>
    public static Catalogue Catalogue => Catalogue.Registered;

    /// <summary>Loads a script; its declarations are registered, nothing else runs.</summary>
    public static LoadedScript Load(CompiledScript script)
    {
        var context = new ScriptLoadContext(script);
        var assembly = context.LoadFromAssemblyPath(script.Assembly);
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        return new LoadedScript(script, assembly);
    }

    /// <summary>Runs the statements from top to bottom.</summary>
    /// <returns>What the script returned, if that was a number; else 0.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (!Script.HasStatements)
            return 0;
        ScriptGlobals.Args = [.. args];
        var type = _assembly.GetType(ScriptCompilation.ScriptClass, throwOnError: true)!;
        // What the compiler's own entry point would call, had it kept what the script returns.
        var initialize = type.GetMethod("<Initialize>", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;
        var script = Activator.CreateInstance(type, nonPublic: true)!;
        try
        {
            var returned = await ((Task<object?>)initialize.Invoke(script, BindingFlags.DoNotWrapExceptions, null, null, null)!).ConfigureAwait(false);
            return returned is int code ? code : 0;
        }
        finally
        {
            foreach (var name in Script.Disposables.Reverse())
                await DisposeAsync(type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(script)).ConfigureAwait(false);
        }
    }

    private static async ValueTask DisposeAsync(object? value)
    {
        if (value is IAsyncDisposable later)
            await later.DisposeAsync().ConfigureAwait(false);
        else
            (value as IDisposable)?.Dispose();
    }
}
