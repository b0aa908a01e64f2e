using Experiments.Registry.Storage;
using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

public sealed class OpeningSpecs : IDisposable
{
    private readonly ResultsFolder _folder = new();

    private string File => _folder.Root.RegistryFile;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_submitted_is_there_after_opening_again()
    {
        await using (var registry = await _folder.OpenAsync())
            await registry.SubmitAsync(Given.Run("a"));
        await using var again = await _folder.LookAsync();
        Assert.Equal(["a"], (await again.ListAsync(RunFilter.All)).Ids());
    }

    [Fact]
    public async Task A_new_root_is_created_with_its_parents()
    {
        var root = ResultsRoot.At(Path.Combine(_folder.Root.Directory, "deep", "results"));
        await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions());
        Assert.True(System.IO.File.Exists(root.RegistryFile));
        Assert.Empty(Directory.GetFiles(root.Directory, "*probe*"));
    }

    [Fact]
    public async Task Looking_creates_nothing()
    {
        var root = ResultsRoot.At(Path.Combine(_folder.Root.Directory, "nothing"));
        var error = await Assert.ThrowsAsync<ExperimentsException>(() => SqliteRegistry.OpenAsync(root, new RegistryOptions { ReadOnly = true }));
        Assert.Equal(("EXP7005", ExitCode.NotFound), (error.Code, error.ExitCode));
        Assert.False(Directory.Exists(root.Directory));
    }

    [Fact]
    public async Task A_registry_that_was_closed_is_read_without_a_file_beside_it()
    {
        var root = ResultsRoot.At(Path.Combine(_folder.Root.Directory, "read only? #1 %41"));
        await using (var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions()))
            await registry.SubmitAsync(Given.Run("a"));
        var before = Directory.GetFiles(root.Directory).Order();

        using (var database = Database.OpenFrozen(root.RegistryFile))
        {
            Assert.True(database.IsFrozen);
            Assert.Equal(1, database.Scalar("SELECT count(*) FROM run"));
            Assert.Equal(before, Directory.GetFiles(root.Directory).Order());
        }

        // The last words of a writer that was killed.
        await System.IO.File.WriteAllTextAsync(root.RegistryFile + "-wal", "more");
        var error = Assert.Throws<ExperimentsException>(() => Database.OpenFrozen(root.RegistryFile));
        Assert.Equal("EXP7001", error.Code);
        Assert.False(Filesystem.IsFrozen(root.RegistryFile));
    }

    [Fact]
    public async Task Looking_refuses_to_write()
    {
        await using (await _folder.OpenAsync())
        {
        }

        await using var registry = await _folder.LookAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => registry.SubmitAsync(Given.Run("a")));
    }

    [Fact]
    public async Task Looking_sees_what_others_write_meanwhile()
    {
        await using var writing = await _folder.OpenAsync();
        await using var looking = await _folder.LookAsync();
        Assert.Empty(await looking.ListAsync(RunFilter.All));
        await writing.SubmitAsync(Given.Run("a"));
        Assert.Single(await looking.ListAsync(RunFilter.All));
    }

    [Fact]
    public async Task A_registry_of_a_newer_version_is_refused()
    {
        await using (await _folder.OpenAsync())
        {
        }

        using (var database = Database.OpenWriter(File))
            database.Execute("PRAGMA user_version = 99");

        foreach (var open in new[] { _folder.OpenAsync, _folder.LookAsync })
        {
            var error = await Assert.ThrowsAsync<ExperimentsException>(open);
            Assert.Equal("EXP7002", error.Code);
            Assert.Contains("version 99", error.Message);
        }
    }

    [Fact]
    public async Task A_damaged_file_is_refused_and_left_as_it_is()
    {
        var garbage = new byte[9000];
        new Random(1).NextBytes(garbage);
        await System.IO.File.WriteAllBytesAsync(File, garbage);

        foreach (var open in new[] { _folder.OpenAsync, _folder.LookAsync })
            Assert.Equal("EXP7003", (await Assert.ThrowsAsync<ExperimentsException>(open)).Code);
        Assert.Equal(garbage, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused()
    {
        using (var database = Database.OpenWriter(File))
            database.Execute("CREATE TABLE theirs (x)");
        foreach (var open in new[] { _folder.OpenAsync, _folder.LookAsync })
            Assert.Equal("EXP7003", (await Assert.ThrowsAsync<ExperimentsException>(open)).Code);
    }

    [Fact]
    public async Task A_results_root_that_is_a_file_is_refused()
    {
        var path = Path.Combine(_folder.Root.Directory, "file");
        await System.IO.File.WriteAllTextAsync(path, "");
        var error = await Assert.ThrowsAsync<ExperimentsException>(() => SqliteRegistry.OpenAsync(ResultsRoot.At(path), new RegistryOptions()));
        Assert.Equal(("EXP7001", ExitCode.RegistryUnavailable), (error.Code, error.ExitCode));
    }

    [Theory]
    [InlineData("nfs4")]
    [InlineData("cifs")]
    [InlineData("lustre")]
    [InlineData("fuse.sshfs")]
    public void A_network_filesystem_is_refused_with_what_to_do_instead(string format)
    {
        var error = Assert.Throws<ExperimentsException>(() => Storage.Filesystem.RefuseNetwork("/shared/results", format));

        Assert.Equal(("EXP7004", ExitCode.RegistryUnavailable), (error.Code, error.ExitCode));
        Assert.Equal($"expected the results root `/shared/results` to be on a local filesystem, got `{format}`, a network filesystem", error.Message);
        Assert.Contains("keep the results root on a local disk of this host", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("tmpfs")]
    [InlineData("overlay")]
    public void A_local_filesystem_is_not_refused(string format) => Storage.Filesystem.RefuseNetwork("/results", format);

    [Fact]
    public async Task A_creation_that_was_killed_is_completed()
    {
        await System.IO.File.WriteAllBytesAsync(File, []);
        var look = await Assert.ThrowsAsync<ExperimentsException>(_folder.LookAsync);
        Assert.Equal(("EXP7005", ExitCode.NotFound), (look.Code, look.ExitCode));
        await using var registry = await _folder.OpenAsync();
        await registry.SubmitAsync(Given.Run("a"));
        Assert.Single(await registry.ListAsync(RunFilter.All));
    }

    [Fact]
    public async Task Many_may_create_it_at_the_same_time()
    {
        var registries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(_folder.OpenAsync)));
        await Task.WhenAll(registries.Select((r, i) => r.SubmitAsync(Given.Plan($"T{i}", Given.Run($"run{i}")), new SubmitOptions())));
        Assert.Equal(8, (await registries[0].ListAsync(RunFilter.All)).Count);
        foreach (var registry in registries)
            await registry.DisposeAsync();
    }

    [Fact]
    public async Task An_older_schema_is_upgraded_after_a_backup()
    {
        await using (var registry = await _folder.OpenAsync())
            await registry.SubmitAsync(Given.Run("a"));
        var next = new Schema([.. Schema.Current.Scripts, "CREATE TABLE novelty (x INTEGER)"]);

        Assert.Equal("EXP7002", Assert.Throws<ExperimentsException>(() => SqliteRegistry.Open(File, new RegistryOptions { ReadOnly = true }, next)).Code);
        await using (var upgraded = SqliteRegistry.Open(File, new RegistryOptions(), next))
            Assert.Single(await upgraded.ListAsync(RunFilter.All));

        using var backup = Database.OpenReader($"{File}.v{Schema.Current.Version}.bak");
        Assert.Equal(1, backup.Scalar("SELECT count(*) FROM run"));
        Assert.Equal(Schema.Current.Version, backup.Scalar("PRAGMA user_version"));
        using var database = Database.OpenReader(File);
        Assert.Equal(1, database.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'novelty'"));
    }

    [Fact]
    public async Task An_upgrade_that_fails_changes_nothing()
    {
        await using (var registry = await _folder.OpenAsync())
            await registry.SubmitAsync(Given.Run("a"));
        var broken = new Schema([.. Schema.Current.Scripts, "CREATE TABLE novelty (x INTEGER); DROP TABLE run; SELECT nonsense"]);

        Assert.Throws<ExperimentsException>(() => SqliteRegistry.Open(File, new RegistryOptions(), broken));
        await using var again = await _folder.OpenAsync();
        Assert.Single(await again.ListAsync(RunFilter.All));
    }

    [Fact]
    public void Every_statement_is_valid()
    {
        using var database = Database.OpenWriter(File);
        Schema.Current.Upgrade(database, File);
        foreach (var file in new[] { "transaction", "submit", "dependency", "claim", "outlook", "attempt", "worker", "manage", "ask", "maintain", "check" })
        {
            foreach (var (name, sql) in Sql.Sections(file))
            {
                if (!sql.Contains('{'))
                    Assert.NotNull(database[$"{file}.{name}"]);
            }
        }
    }
}
