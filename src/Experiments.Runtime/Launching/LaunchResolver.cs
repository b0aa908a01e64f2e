using System.Collections.Immutable;
using Experiments.Runtime.Launching;
using Experiments.Runtime.Processes;
using Experiments.Runtime.ResultFiles;

namespace Experiments.Runtime;

/// <summary>Turns a declared launch into one that can be started from anywhere on this host.</summary>
public static class LaunchResolver
{
    /// <summary>
    /// Finds the working directory (the current directory, else the nearest ancestor of the program's folder that holds the entrypoint or the
    /// tool), the interpreter (the tool's <c>.venv</c>, else <c>EXP_PYTHON</c>, else <c>python3</c>) and, for a method, this program.
    /// </summary>
    /// <param name="declared">The launch as declared; one that is resolved already is returned as it is.</param>
    /// <exception cref="ExperimentsException">EXP8020: the entrypoint was not found; the message lists where it was looked for.</exception>
    public static Launch Resolve(Launch declared) =>
        declared.IsResolved ? declared : Resolve(declared, Environment.CurrentDirectory, ThisProgram.Directory);

    /// <summary>An experiment with its launch resolved and its launcher's settings checked.</summary>
    /// <exception cref="ExperimentsException">EXP8020: the entrypoint was not found. EXP8280 to EXP8282: its launcher can't start it. EXP8283: its result files have no name.</exception>
    public static ExperimentDefinition Resolve(ExperimentDefinition declared)
    {
        RankLauncher.Check(declared);
        ComponentFiles.Check(declared);
        return declared.Launch.IsResolved ? declared : declared with { Launch = Resolve(declared.Launch) };
    }

    /// <summary>The words of an attempt's command line: the program and the configuration's arguments.</summary>
    /// <param name="launch">A resolved launch.</param>
    /// <param name="config">Canonical JSON of the configuration, UTF-8.</param>
    /// <param name="configPath">Path of the frozen <c>config.json</c>.</param>
    /// <param name="leftOut">Names of the run's inputs and paths of its secrets: they reach it as <c>EXP_INPUT_…</c> and <c>EXP_SECRET_…</c>, not as arguments.</param>
    /// <param name="attempt">Number of the attempt: a launcher of several processes keeps its logs under it.</param>
    public static IReadOnlyList<string> CommandLine(Launch launch, ReadOnlyMemory<byte> config, string configPath, IEnumerable<string>? leftOut = null, int attempt = 1)
    {
        var words = new List<string>(launch.Ranks is null
            ? launch.Program
            : [.. RankLauncher.Words(launch, new RunHome(Path.GetDirectoryName(configPath)!), attempt), .. launch.Program.Skip(1)]);
        if (launch.Kind == LaunchKind.Function)
            words.AddRange([PythonFunction.BootstrapPath(configPath), launch.Target]);
        words.AddRange(launch.Arguments);
        if (launch.Kind is not (LaunchKind.Method or LaunchKind.Function))
            words.AddRange(ConfigArguments.Of(launch, config, configPath, leftOut ?? []));
        return words;
    }

    /// <summary>Resolves for another current directory and program folder.</summary>
    internal static Launch Resolve(Launch declared, string currentDirectory, string programDirectory)
    {
        if (declared.Kind == LaunchKind.Method)
            return declared with { Program = [.. ThisProgram.Declaring, AttemptHost.Verb], WorkingDirectory = currentDirectory };

        var looked = new List<string>();
        var folders = Folders(declared.Tool, currentDirectory, programDirectory, looked).ToList();
        foreach (var folder in folders)
        {
            if (Program(declared, folder, looked) is { } program)
                return Found(declared, program, folder);
        }

        if (folders.Count > 0 && Elsewhere(declared, folders[0]) is { } found)
            return Found(declared, found, folders[0]);
        throw Missing(declared, folders, looked);
    }

    private static ExperimentsException Missing(Launch declared, List<string> folders, List<string> looked)
    {
        var isName = declared.Kind == LaunchKind.Executable && !declared.Target.Contains('/') && folders.Count > 0;
        var got = isName ? $"no program of that name in `PATH` nor in the `.venv/bin` of {Quoted(folders)}" : $"nothing at {Quoted(looked)}";
        var file = isName ? folders.Find(f => File.Exists(Path.Combine(f, declared.Target))) : null;
        return new ExperimentsException("EXP8020", $"expected entrypoint `{declared.Target}` to exist, got {got}",
            file is not null ? $"`{Path.Combine(file, declared.Target)}` is a file: `[Entrypoint(\"./{declared.Target}\")]` means it"
            : isName ? $"install it, or write a program of the project with its path, as in `./{declared.Target}`"
            : declared.Tool is null ? "the path is relative to the directory you run from, or to the project's; correct `[Entrypoint]` or change directory"
            : $"tool `{declared.Tool}` is looked for under `tools/`; add it, or correct `[Entrypoint]`");

        static string Quoted(IEnumerable<string> paths) => string.Join(", ", paths.Distinct().Take(6).Select(p => $"`{p}`"));
    }

    /// <summary>A launcher is a Python module, so the program of a launch with ranks begins with an interpreter whatever the entrypoint is.</summary>
    private static Launch Found(Launch declared, ImmutableArray<string> program, string folder)
    {
        if (declared is { Tool: { } tool, Commit: { } commit })
            ToolCommit.Check(tool, folder, commit);
        return declared with
        {
            Program = declared is { Ranks: not null, Kind: LaunchKind.Executable } ? [Python.Interpreter(folder), .. program] : program,
            WorkingDirectory = folder,
        };
    }

    /// <summary>The directories an entrypoint may be in, nearest first.</summary>
    private static IEnumerable<string> Folders(string? tool, string currentDirectory, string programDirectory, List<string> looked)
    {
        var roots = new List<string> { Path.GetFullPath(currentDirectory) };
        for (var folder = new DirectoryInfo(programDirectory); folder is not null; folder = folder.Parent)
            roots.Add(Path.TrimEndingDirectorySeparator(folder.FullName));
        foreach (var root in roots.Distinct())
        {
            var folder = tool is null ? root : Path.Combine(root, "tools", tool);
            if (Directory.Exists(folder))
                yield return folder;
            else
                looked.Add(folder);
        }
    }

    private static ImmutableArray<string>? Program(Launch launch, string folder, List<string> looked)
    {
        switch (launch.Kind)
        {
            case LaunchKind.Module when Exists(Python.ModuleFiles(launch.Target)):
                return [Python.Interpreter(folder), "-m", launch.Target];
            case LaunchKind.Function when Exists(Python.ModuleFiles(launch.Target.Split(':')[0])):
                return [Python.Interpreter(folder)];
            case LaunchKind.File when Exists([launch.Target]):
                return [Python.Interpreter(folder), launch.Target];
            case LaunchKind.Executable when launch.Target.Contains('/') && Exists([launch.Target]):
                return [Path.GetFullPath(launch.Target, folder)];
            case LaunchKind.Executable when !launch.Target.Contains('/') && Python.InEnvironment(folder, launch.Target) is { } path:
                return [path];
            default:
                return null;
        }

        bool Exists(IEnumerable<string> files)
        {
            var paths = files.Select(f => Path.GetFullPath(f, folder)).ToList();
            looked.AddRange(paths.Take(1));
            return paths.Any(File.Exists);
        }
    }

    /// <summary>Entrypoints that need not be in a project: programs on <c>PATH</c> and installed Python modules.</summary>
    private static ImmutableArray<string>? Elsewhere(Launch launch, string folder) => launch.Kind switch
    {
        LaunchKind.Executable when !launch.Target.Contains('/') => Executable.Find(launch.Target, folder) is { } path ? [path] : null,
        LaunchKind.Module when Python.HasInstalled(launch.Target, folder) => [Python.Interpreter(folder), "-m", launch.Target],
        LaunchKind.Function when Python.HasInstalled(launch.Target.Split(':')[0], folder) => [Python.Interpreter(folder)],
        _ => null,
    };
}
