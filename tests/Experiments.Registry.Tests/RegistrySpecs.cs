using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

/// <summary>A registry of its own for each test, with one worker. After each test, everything that must always hold does.</summary>
public abstract class RegistrySpecs : IAsyncLifetime, IDisposable
{
    protected ResultsFolder Folder { get; } = new();

    protected SqliteRegistry Registry { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Registry = await Folder.OpenAsync();
        await Registry.RegisterWorkerAsync(Given.Worker());
    }

    public async Task DisposeAsync()
    {
        Assert.Empty(await Registry.CheckAsync());
        await Registry.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<string> CountsAsync(RunFilter? filter = null) => (await Registry.StatusAsync(filter ?? RunFilter.All)).Counts();

    protected static async Task<ExperimentsException> RefusedAsync(string code, Func<Task> act)
    {
        var error = await Assert.ThrowsAsync<ExperimentsException>(act);
        Assert.Equal(code, error.Code);
        return error;
    }
}
