using System.Diagnostics;
using System.Text.Json;

namespace Experiments.EndToEnd.Tests;

/// <summary>An empty directory of one test, and one program that is used in it.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _program;

    /// <param name="project">The program's folder in the repository.</param>
    public Workspace(string project = "experiments/QuickStart")
    {
        _program = Repository.Program(project);
        Directory = System.IO.Directory.CreateTempSubdirectory("experiments-").FullName;
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

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
