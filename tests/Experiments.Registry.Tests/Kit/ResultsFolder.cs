namespace Experiments.Registry.Tests.Kit;

/// <summary>A results root of its own for one test, deleted afterwards.</summary>
public sealed class ResultsFolder : IDisposable
{
    // In memory where possible: thousands of tests need no disk.
    private static readonly string s_base = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly DirectoryInfo _directory = Directory.CreateDirectory(Path.Combine(s_base, "registry-" + Guid.NewGuid().ToString("n")));

    public ResultsRoot Root => ResultsRoot.At(_directory.FullName);

    public ManualTime Time { get; } = new();

    public Task<SqliteRegistry> OpenAsync() => SqliteRegistry.OpenAsync(Root, new RegistryOptions { Time = Time });

    /// <summary>Opens it for someone who waits only so long for others.</summary>
    public Task<SqliteRegistry> OpenAsync(TimeSpan turnWaitMax) => SqliteRegistry.OpenAsync(Root, new RegistryOptions { Time = Time, TurnWaitMax = turnWaitMax });

    public Task<SqliteRegistry> LookAsync() => SqliteRegistry.OpenAsync(Root, new RegistryOptions { ReadOnly = true, Time = Time });

    public void Dispose() => _directory.Delete(recursive: true);
}
