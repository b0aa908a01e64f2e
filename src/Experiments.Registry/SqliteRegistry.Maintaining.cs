using Experiments.Registry.Maintaining;
using Experiments.Registry.Storage;

namespace Experiments.Registry;

public sealed partial class SqliteRegistry
{
    /// <summary>Checks the file and everything that must always hold. Reads the whole registry: seconds for a million runs.</summary>
    /// <returns>One sentence for each thing that is wrong; empty: all is well.</returns>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyList<string>>(database => Integrity.Problems(database), cancel);

    /// <summary>Writes a copy while others work: one whole moment of the registry, which appears under its name only when it is complete.</summary>
    /// <param name="path">The copy.</param>
    /// <param name="cancel">Cancels the call before it begins.</param>
    /// <exception cref="ExperimentsException">EXP7020: there is a file already.</exception>
    public Task BackupAsync(string path, CancellationToken cancel = default) => Task.Run(() =>
    {
        if (System.IO.File.Exists(path))
            throw new ExperimentsException("EXP7020", $"expected `{path}` to be free for the copy, got a file", "name another file, or move that one away");
        try
        {
            using var database = Database.OpenReader(File);
            Schema.Copy(database, path);
        }
        catch (SqliteFailure failure)
        {
            throw failure.ToException(path);
        }
    }, cancel);

    /// <summary>Writes everything as JSON Lines, in one snapshot.</summary>
    /// <returns>How many rows.</returns>
    public Task<long> ExportAsync(Stream target, CancellationToken cancel = default) => ReadAsync(database => JsonLines.Write(database, target), cancel);

    /// <summary>Reads what <see cref="ExportAsync"/> wrote, into a registry without runs. All or nothing.</summary>
    /// <returns>How many rows.</returns>
    /// <exception cref="ExperimentsException">EXP7021: a line is not what it should be, or the whole does not hold together. EXP7022: there are runs already.</exception>
    public Task<long> ImportAsync(TextReader source, CancellationToken cancel = default) => WriteAsync(database =>
    {
        if (database.Scalar(Sql.Get("maintain.count_runs")) > 0)
            throw new ExperimentsException("EXP7022", $"expected `{File}` to have no runs, got some", "import into a new results root: `--results DIR`");
        var rows = JsonLines.Read(database, source);
        database["maintain.rebuild_queue"].Run();
        database["maintain.rebuild_tally"].Run();
        if (Integrity.Problems(database) is [var first, ..])
            throw new ExperimentsException("EXP7021", $"expected the lines to make a whole registry, got: {first}", "import what `registry export` wrote, unchanged; nothing was imported");
        return rows;
    }, cancel);

    /// <summary>Rewrites the file without its gaps. Needs as much free space as the registry takes; others wait meanwhile.</summary>
    /// <returns>Bytes before and after.</returns>
    public static Task<(long Before, long After)> VacuumAsync(ResultsRoot root, CancellationToken cancel = default) => Task.Run(() =>
    {
        using var gate = new Gate(root.RegistryFile, new RegistryOptions().TurnWaitMax);
        gate.Enter();
        try
        {
            using var database = Database.OpenWriter(root.RegistryFile);
            Schema.Current.Upgrade(database, root.RegistryFile);
            database["maintain.checkpoint"].Run();
            var before = new FileInfo(root.RegistryFile).Length;
            database["maintain.vacuum"].Run();
            database["maintain.checkpoint"].Run();
            return (before, new FileInfo(root.RegistryFile).Length);
        }
        catch (SqliteFailure failure)
        {
            throw failure.ToException(root.RegistryFile);
        }
        finally
        {
            gate.Exit();
        }
    }, cancel);
}
