using System.Diagnostics;
using System.Globalization;
using System.Text;
using Experiments.Registry;

namespace Experiments.Runtime.Tests;

/// <summary>A results root of its own with a real registry, and real workers on it.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;

    private Workbench(DirectoryInfo directory, ResultsRoot root, SqliteRegistry registry)
    {
        _directory = directory;
        Root = root;
        Registry = registry;
    }

    public ResultsRoot Root { get; }

    public SqliteRegistry Registry { get; }

    /// <summary>A directory of this test, which holds the results root.</summary>
    public string Scratch => _directory.FullName;

    public static async Task<Workbench> OpenAsync(TimeProvider? time = null)
    {
        var directory = Directory.CreateTempSubdirectory("experiments-");
        var root = ResultsRoot.At(Path.Combine(directory.FullName, "results"));
        return new Workbench(directory, root, await SqliteRegistry.OpenAsync(root, new RegistryOptions { Time = time ?? TimeProvider.System }));
    }

    /// <summary>A run of a shell script.</summary>
    public static PlannedRun Shell(string id, string script, Func<ExperimentDefinition, ExperimentDefinition>? change = null) =>
        Planned(id, new Launch { Kind = LaunchKind.Executable, Target = "/bin/sh", Program = ["/bin/sh", "-c", script, "run"], Style = ArgumentStyle.None, WorkingDirectory = "/" }, "{}", change);

    /// <summary>A run of a small Python program.</summary>
    public static PlannedRun Python(string id, string program) =>
        Planned(id, new Launch { Kind = LaunchKind.Executable, Target = "/usr/bin/python3", Program = ["/usr/bin/python3", "-c", program], Style = ArgumentStyle.None, WorkingDirectory = "/" }, "{}", null);

    /// <summary>A run of the test program's C# trainer.</summary>
    public static PlannedRun Method(string id, string what) =>
        Planned(id, new Launch { Kind = LaunchKind.Method, Program = [TestProgram, "__attempt"], Style = ArgumentStyle.None, WorkingDirectory = "/" }, $$"""{"do":"{{what}}"}""",
            definition => definition with { Name = "trainer" });

    public static PlannedRun Planned(string id, Launch launch, string config, Func<ExperimentDefinition, ExperimentDefinition>? change)
    {
        var bytes = Encoding.UTF8.GetBytes(config);
        // Registries keep one definition per experiment, so every run is an experiment of its own.
        var definition = new ExperimentDefinition { Name = "x-" + id.Replace('/', '-'), IdTemplate = "{hash}", Launch = launch };
        return new PlannedRun { Id = id, Experiment = change is null ? definition : change(definition), Config = bytes, Hash = ContentHash.Compute(bytes) };
    }

    /// <summary>The executable of the test program.</summary>
    public static string TestProgram { get; } = Path.Combine(AppContext.BaseDirectory, "Experiments.Runtime.TestProgram");

    public Task<SubmitReport> SubmitAsync(params PlannedRun[] runs) => Registry.SubmitAsync(Plan.Create("test", runs), new SubmitOptions());

    /// <summary>Drains the queue with a worker in this process.</summary>
    public async Task<Witness> DrainAsync(Func<WorkerOptions, WorkerOptions>? change = null, WorkerHost? host = null, CancellationToken stop = default, Witness? witness = null)
    {
        witness ??= new Witness();
        var options = new WorkerOptions { Slots = 2, Gpus = [], Drain = true, Grace = TimeSpan.FromSeconds(5), Heartbeat = TimeSpan.FromMilliseconds(100) };
        host ??= new WorkerHost();
        var worker = new Worker(Registry, Root, change is null ? options : change(options), witness, host with { Program = [TestProgram] });
        witness.Report = await worker.RunAsync(stop).WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        return witness;
    }

    /// <summary>Starts a worker in a process of its own, which can be killed.</summary>
    public Process StartWorker(int slots = 2, double graceSeconds = 5) => Process.Start(new ProcessStartInfo(TestProgram,
        ["worker", Root.Directory, slots.ToString(CultureInfo.InvariantCulture), graceSeconds.ToString(CultureInfo.InvariantCulture)])
    { RedirectStandardOutput = true })!;

    public async Task<RunRecord> RunAsync(string id) => (await Registry.FindAsync(id))!.Run;

    public async Task<IReadOnlyList<AttemptRecord>> AttemptsAsync(string id) => (await Registry.FindAsync(id))!.Attempts;

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
