using Experiments.Scripting.Caching;
using Experiments.Scripting.Compiling;
using Experiments.Scripting.Running;

namespace Experiments.Scripting.Tests;

/// <summary>A folder with scripts and a cache of its own. Scripts run in this process, one at a time: they write to its standard output.</summary>
public sealed class ScriptFolder : IDisposable
{
    private static readonly Lock Output = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scripts-");

    public string Folder => _folder.FullName;

    internal CacheFolder Cache => new(Path.Combine(Folder, "cache"));

    internal ScriptHost Host => new(Cache);

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Compiles and runs the statements of a script.</summary>
    internal (int Code, string Output) Run(string path, params string[] args)
    {
        var (script, problems) = Host.Prepare(path);
        Assert.True(script is not null, string.Join('\n', problems.Select(p => p.Text(Folder))));
        return Run(script, args);
    }

    internal static (int Code, string Output) Run(CompiledScript script, params string[] args)
    {
        lock (Output)
        {
            var (before, written) = (Console.Out, new StringWriter());
            Console.SetOut(written);
            try
            {
                return (LoadedScript.Load(script).RunAsync(args).GetAwaiter().GetResult(), written.ToString());
            }
            finally
            {
                Console.SetOut(before);
            }
        }
    }

    /// <summary>What the compiler says of a script: <c>name(line,column): id</c>.</summary>
    internal IReadOnlyList<ScriptProblem> Problems(string path) => Host.Prepare(path).Problems;

    public void Dispose() => _folder.Delete(recursive: true);
}
