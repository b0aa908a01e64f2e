using System.Reflection;
using System.Runtime.Loader;
using Experiments.Scripting.Caching;

namespace Experiments.Scripting.Running;

/// <summary>Where a script's own assemblies live: its packages may be of other versions than the tool's.</summary>
internal sealed class ScriptLoadContext : AssemblyLoadContext
{
    private readonly Dictionary<string, string> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly CompiledScript _script;

    public ScriptLoadContext(CompiledScript script)
        : base("script")
    {
        _script = script;
        foreach (var path in script.Runtime)
            _assemblies.TryAdd(Path.GetFileNameWithoutExtension(path), path);
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        // What script and host talk through must be one and the same.
        assemblyName.Name is { } name && !IsShared(name) && _assemblies.TryGetValue(name, out var path) ? LoadFromAssemblyPath(path) : null;

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _script.Native.FirstOrDefault(path => Names(unmanagedDllName).Contains(Path.GetFileName(path))) is { } found ? LoadUnmanagedDllFromPath(found) : IntPtr.Zero;

    private static bool IsShared(string name) => name == "Experiments" || name.StartsWith("Experiments.", StringComparison.Ordinal);

    private static string[] Names(string name) => [name, name + ".so", "lib" + name + ".so", name + ".dll", name + ".dylib", "lib" + name + ".dylib"];
}
