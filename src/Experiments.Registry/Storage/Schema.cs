using System.Globalization;
using SQLitePCL;

namespace Experiments.Registry.Storage;

/// <summary>The versions of the registry's schema and the way from one to the next.</summary>
/// <param name="scripts">SQL that leads from each version to the next; the first creates version 1.</param>
internal sealed class Schema(IReadOnlyList<string> scripts)
{
    private const long ApplicationId = 0x45585052; // "EXPR"

    /// <summary>The schema of this version of the product.</summary>
    public static Schema Current { get; } = new([Sql.File("Sql/Schema/0001.sql")]);

    /// <summary>SQL that leads from each version to the next.</summary>
    public IReadOnlyList<string> Scripts => scripts;

    /// <summary>The newest version this program knows.</summary>
    public int Version => scripts.Count;

    /// <summary>Refuses a file that is no registry, or one of another version.</summary>
    /// <returns>Its version; 0 when it is empty.</returns>
    /// <exception cref="ExperimentsException">EXP7002: written by a newer version. EXP7003: not a registry.</exception>
    public int Inspect(Database database, string file)
    {
        var version = database.Scalar("PRAGMA user_version");
        var application = database.Scalar("PRAGMA application_id");
        if (application == ApplicationId && version > Version)
            throw new ExperimentsException("EXP7002",
                string.Create(CultureInfo.InvariantCulture, $"expected `{file}` to have schema version {Version} or older, got version {version}: a newer version of Experiments wrote it"),
                "update this program's Experiments package, or choose another results root with `--results`",
                ExitCode.RegistryUnavailable);
        if (application != ApplicationId && (version != 0 || application != 0 || database.Scalar("SELECT count(*) FROM sqlite_master") != 0))
            throw new ExperimentsException("EXP7003", $"expected `{file}` to be a registry, got another program's database",
                "choose another results root with `--results`, or move that file away", ExitCode.RegistryUnavailable);
        return application == ApplicationId ? (int)version : 0;
    }

    /// <summary>Brings the schema up to date, version by version, in one transaction, after a copy of a registry that had an older one.</summary>
    /// <remarks>Called under the gate, so by one process at a time.</remarks>
    public void Upgrade(Database database, string file)
    {
        var version = Inspect(database, file);
        if (version == Version)
            return;
        if (version > 0)
            Copy(database, $"{file}.v{version.ToString(CultureInfo.InvariantCulture)}.bak");
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var script in scripts.Skip(version))
                database.Execute(script);
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}; COMMIT"));
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(database.Handle) == 0)
                database.Execute("ROLLBACK");
            throw;
        }
    }

    /// <summary>Writes a whole, durable copy; it appears under its name only when it is complete.</summary>
    public static void Copy(Database database, string target)
    {
        var partial = target + ".partial";
        File.Delete(partial);
        database["maintain.copy"].Bind(partial).Run();

        using (var copy = File.OpenHandle(partial, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(copy);
        File.Move(partial, target, overwrite: true);
    }
}
