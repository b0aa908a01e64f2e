using System.Diagnostics;
using System.Text.Json;

namespace Experiments.EndToEnd.Tests;

/// <summary>An empty directory of one test, and one program that is used in it.</summary>
internal sealed class Workspace : IDisposable
{
    // Every process that is started here, and whatever it starts, has this in its environment.
    private const string Mark = "WORKSPACE_OF_TEST";

    private readonly string _program;

    /// <param name="project">The program's folder in the repository.</param>
    public Workspace(string project = "experiments/QuickStart")
    {
        _program = Repository.Program(project);
        Directory = System.IO.Directory.CreateTempSubdirectory("experiments-").FullName;
        Environment[Mark] = Directory;
    }

    public string Directory { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public string PathOf(params string[] parts) => Path.Combine([Directory, .. parts]);

    /// <summary>A file of a run's home.</summary>
    public string RunFile(string run, params string[] parts) => PathOf(["results", "runs", run, .. parts]);

    /// <summary>Starts the program.</summary>
    public Command Start(params string[] arguments) => Command.Start(Directory, Environment, _program, arguments);

    /// <summary>Runs the program to its end.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => ExecuteAsync(_program, arguments);

    /// <summary>Runs the program, which must succeed, and reads what it prints as JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var result = (await RunAsync([.. arguments, "--json"])).Exits(0);
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    /// <summary>Runs any other command to its end.</summary>
    public async Task<CommandResult> ExecuteAsync(string file, params string[] arguments)
    {
        await using var command = Command.Start(Directory, Environment, file, arguments);
        return await command.EndAsync();
    }

    /// <summary>Waits until something is so.</summary>
    /// <param name="what">What, for the message when it never is.</param>
    /// <param name="condition">Asked over and over.</param>
    public static async Task UntilAsync(string what, Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(2))
                throw new TimeoutException($"expected {what} within two minutes");
            await Task.Delay(20);
        }
    }

    /// <summary>Ids of the living processes that were started here, directly or not.</summary>
    public IReadOnlyList<int> Processes()
    {
        var mark = $"{Mark}={Directory}\0";
        return [.. System.IO.Directory.EnumerateDirectories("/proc")
            .Select(process => int.TryParse(Path.GetFileName(process), out var pid) && Read($"{process}/environ").Contains(mark, StringComparison.Ordinal) ? pid : 0)
            .Where(pid => pid > 0)];

        static string Read(string file)
        {
            try
            {
                return File.ReadAllText(file);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }

    /// <summary>Kills all of them at once, as a power cut would.</summary>
    public void KillAll()
    {
        while (Processes() is { Count: > 0 } living)
        {
            foreach (var pid in living)
                Command.SendSignal(pid, Command.Kill);
        }
    }

    public void Dispose()
    {
        KillAll();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
