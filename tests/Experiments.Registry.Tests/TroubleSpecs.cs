using Experiments.Registry.Storage;
using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

public sealed class TroubleSpecs : IDisposable
{
    private readonly ResultsFolder _folder = new();

    private string File => _folder.Root.RegistryFile;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_the_write_that_does_not_fit_and_nothing_else()
    {
        await using var registry = await _folder.OpenAsync();
        await registry.SubmitAsync(Given.Run("before"));
        await registry.WriteAsync(database => database.Scalar($"PRAGMA max_page_count = {database.Scalar("PRAGMA page_count") + 3}"), default);

        // Queued together, so that they share a transaction at first.
        var small = registry.SubmitAsync(Given.Plan(Given.Run("small")), new SubmitOptions());
        var large = registry.SubmitAsync([.. Enumerable.Range(0, 2000).Select(i => Given.Run($"large{i}"))]);
        var last = registry.SubmitAsync(Given.Plan(Given.Run("last")), new SubmitOptions());

        Assert.Equal("EXP7006", (await Assert.ThrowsAsync<ExperimentsException>(() => large)).Code);
        await small;
        await last;
        Assert.Equal(["before", "small", "last"], (await registry.ListAsync(RunFilter.All)).Ids());

        await registry.WriteAsync(database => database.Scalar("PRAGMA max_page_count = 1073741823"), default);
        await registry.SubmitAsync([.. Enumerable.Range(0, 2000).Select(i => Given.Run($"large{i}"))]);
        Assert.Empty(await registry.CheckAsync());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"name\":7}")]
    public async Task A_stored_definition_that_cannot_be_read_is_named(string json)
    {
        await using var registry = await _folder.OpenAsync();
        await registry.RegisterWorkerAsync(Given.Worker());
        await registry.SubmitAsync(Given.Run("a"));
        await registry.WriteAsync(database => { database.Composed("UPDATE definition SET json = ?").Bind(json).Run(); return true; }, default);

        var claim = await Assert.ThrowsAsync<ExperimentsException>(() => registry.ClaimAsync());
        var look = await Assert.ThrowsAsync<ExperimentsException>(() => registry.FindAsync("a"));

        Assert.Equal(("EXP7003", "EXP7003"), (claim.Code, look.Code));
        Assert.StartsWith("expected stored definition 1 to be readable, got", claim.Message);
        Assert.Equal(RunStatus.Pending, (await registry.StatesAsync(RunFilter.All))["a"].Status);
    }

    [Fact]
    public async Task A_transaction_of_another_program_is_waited_for()
    {
        await using var registry = await _folder.OpenAsync();
        using var other = Database.OpenWriter(File);
        other.Execute("BEGIN IMMEDIATE");

        var submitting = registry.SubmitAsync(Given.Run("a"));
        Assert.Empty(await registry.ListAsync(RunFilter.All)); // looking is not held up
        Assert.False(submitting.IsCompleted);
        other.Execute("COMMIT");

        Assert.Equal(["a"], (await submitting).Added);
    }

    [Fact]
    public async Task A_long_look_holds_up_no_writer()
    {
        await using var registry = await _folder.OpenAsync();
        await registry.SubmitAsync(Given.Run("a"));
        using var reader = Database.OpenReader(File);
        reader.Execute("BEGIN");
        Assert.Equal(1, reader.Scalar("SELECT count(*) FROM run"));

        for (var i = 0; i < 20; i++)
            await registry.SubmitAsync([.. Enumerable.Range(0, 200).Select(n => Given.Run($"b{i}/{n}"))]);

        Assert.Equal(1, reader.Scalar("SELECT count(*) FROM run")); // one snapshot
        reader.Execute("COMMIT");
        Assert.Equal(4001, reader.Scalar("SELECT count(*) FROM run"));
    }

    [Fact]
    public async Task After_a_power_cut_the_registry_is_whole_and_holds_the_beginning_of_what_was_written()
    {
        const int Submissions = 20;
        await using var registry = await _folder.OpenAsync();
        for (var i = 0; i < Submissions; i++)
            await registry.SubmitAsync(Given.Plan("Sweep", Given.Run($"r{i}/a"), Given.Run($"r{i}/b", inputs: Given.Run($"r{i}/a"))), new SubmitOptions());
        var (database, log) = (await ReadSharedAsync(File), await ReadSharedAsync(File + "-wal"));

        var random = new Random(1);
        for (var cut = 0; cut < 40; cut++)
        {
            using var after = new ResultsFolder();
            await System.IO.File.WriteAllBytesAsync(after.Root.RegistryFile, database);
            var torn = log.AsSpan(0, random.Next(log.Length)).ToArray();
            if (cut % 2 == 0 && torn.Length > 0)
                torn[random.Next(torn.Length)] ^= 0x40; // a sector that was not written
            await System.IO.File.WriteAllBytesAsync(after.Root.RegistryFile + "-wal", torn);

            await using var recovered = await after.OpenAsync();
            Assert.Empty(await recovered.CheckAsync());
            var runs = (await recovered.ListAsync(RunFilter.All)).Ids().ToList();
            Assert.Equal(Enumerable.Range(0, runs.Count / 2).SelectMany(i => new[] { $"r{i}/a", $"r{i}/b" }), runs);
        }
    }

    [Fact]
    public async Task Looking_after_a_kill_reads_the_log_that_was_left()
    {
        await using var registry = await _folder.OpenAsync();
        await registry.SubmitAsync(Given.Run("a"));
        using var copy = new ResultsFolder();
        await System.IO.File.WriteAllBytesAsync(copy.Root.RegistryFile, await ReadSharedAsync(File));
        await System.IO.File.WriteAllBytesAsync(copy.Root.RegistryFile + "-wal", await ReadSharedAsync(File + "-wal"));

        await using var looking = await copy.LookAsync();
        Assert.Equal(["a"], (await looking.ListAsync(RunFilter.All)).Ids());
    }

    [Fact]
    public async Task A_writer_that_died_answers_every_call()
    {
        var faults = new CrashingFaults();
        var registry = SqliteRegistry.Open(File, new RegistryOptions { Faults = faults }, Schema.Current);
        faults.Armed = true;
        var calls = Enumerable.Range(0, 5).Select(i => registry.SubmitAsync(Given.Run($"r{i}"))).ToList();

        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<Exception>(() => call);
        await Assert.ThrowsAnyAsync<Exception>(() => registry.SubmitAsync(Given.Run("later")));
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task A_mistake_in_one_write_does_not_touch_those_it_was_committed_with()
    {
        await using var registry = await _folder.OpenAsync();
        await registry.SubmitAsync(Given.Run("known", """{"x":1}"""));
        var calls = Enumerable.Range(0, 30).Select(i => registry.SubmitAsync(Given.Plan($"T{i}", Given.Run($"r{i}"), i % 3 == 0 ? Given.Run("known", """{"x":2}""") : Given.Run($"s{i}")), new SubmitOptions())).ToList();

        for (var i = 0; i < calls.Count; i++)
        {
            if (i % 3 == 0)
                await Assert.ThrowsAsync<ExperimentsException>(() => calls[i]);
            else
                await calls[i];
        }

        Assert.Equal(41, (await registry.ListAsync(RunFilter.All)).Count);
        Assert.Empty(await registry.CheckAsync());
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private sealed class CrashingFaults : IFaults
    {
        public volatile bool Armed;

        public void At(FaultPoint point)
        {
            if (Armed && point == FaultPoint.BeforeCommit)
                throw new SimulatedCrashException();
        }
    }
}
