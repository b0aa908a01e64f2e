using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Launching;

/// <summary>Where Python code and its interpreter are found.</summary>
internal static class Python
{
    /// <summary>The variable that names the interpreter for code without its own <c>.venv</c>.</summary>
    public const string InterpreterVariable = "EXP_PYTHON";

    /// <summary>The interpreter of a folder: of its <c>.venv</c>, else <c>EXP_PYTHON</c>, else <c>python3</c>.</summary>
    /// <exception cref="ExperimentsException">EXP8021: there is none.</exception>
    public static string Interpreter(string folder)
    {
        if (InEnvironment(folder, "python") is { } own)
            return own;
        var name = Environment.GetEnvironmentVariable(InterpreterVariable) is { Length: > 0 } chosen ? chosen : "python3";
        return Executable.Find(name, folder) ?? throw new ExperimentsException("EXP8021", $"expected Python interpreter `{name}` to exist, got nothing",
            $"install Python, make a `.venv` in `{folder}`, or set `{InterpreterVariable}` to an interpreter");
    }

    /// <summary>A program of a folder's <c>.venv</c>; <see langword="null"/> when there is none.</summary>
    public static string? InEnvironment(string folder, string program) => Executable.Find($".venv/bin/{program}", folder);

    /// <summary>The files a module may be in, relative to a folder of <c>sys.path</c>.</summary>
    public static IEnumerable<string> ModuleFiles(string module)
    {
        var path = module.Replace('.', '/');
        return [path + ".py", path + "/__main__.py", path + "/__init__.py"];
    }

    /// <summary>Whether the interpreter of a folder has a module installed.</summary>
    public static bool HasInstalled(string module, string folder) =>
        Command.TryRun([Interpreter(folder), "-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1].split('.')[0]) is None)", module],
            folder, TimeSpan.FromSeconds(20)) is { ExitCode: 0 };
}
