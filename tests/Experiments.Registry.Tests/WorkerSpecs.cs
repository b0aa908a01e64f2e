using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

public sealed class WorkerSpecs : RegistrySpecs
{
    private static readonly ProcessIdentity s_process = new(4321, 777, "boot-1");

    [Fact]
    public async Task Status_names_the_workers_and_what_they_run()
    {
        await Registry.SubmitAsync(Given.Run("a"), Given.Run("b"));
        await Registry.ClaimAsync(count: 2);
        Folder.Time.Advance(TimeSpan.FromSeconds(2));
        await Registry.HeartbeatAsync("w1", [], TimeSpan.FromMinutes(1));

        var worker = Assert.Single((await Registry.StatusAsync(RunFilter.All)).Workers);
        Assert.Equal("a b", string.Join(' ', worker.Running));
        Assert.Equal("0 1", string.Join(' ', worker.Gpus));
        Assert.Equal(Given.Worker().Process, worker.Process);
        Assert.Equal(Folder.Time.GetUtcNow(), worker.Seen);

        await Registry.EndWorkerAsync("w1");
        Assert.Empty((await Registry.StatusAsync(RunFilter.All)).Workers);
    }

    [Fact]
    public async Task A_dead_worker_leaves_orphans_and_a_living_one_none()
    {
        await Registry.SubmitAsync(Given.Run("running", """{"x":1}"""), Given.Run("won"), Given.Run("pending"));
        var running = await Registry.ClaimOneAsync();
        await Registry.RecordProcessAsync(running.Lease, s_process);
        await Registry.AppendReportsAsync(running.Lease, new AttemptReports([], [], 123));
        var won = await Registry.ClaimOneAsync();
        await Registry.EndAttemptAsync(won.Lease, Given.Success());

        Assert.Empty(await Registry.OrphansAsync(Given.Host, _ => true));
        Assert.Empty(await Registry.OrphansAsync("elsewhere", _ => false));
        var orphans = await Registry.OrphansAsync(Given.Host, w => w.Id != "w1");

        Assert.Equal(2, orphans.Count);
        var orphan = orphans.Single(o => !o.Unpublished);
        Assert.Equal(running.Lease, orphan.Lease);
        Assert.Equal((s_process, "w1", 123L), (orphan.Process, orphan.WorkerId, orphan.ReportsOffset));
        Assert.Equal("""{"x":1}"""u8, orphan.Run.Config.Span);
        Assert.Equal((1, "running"), (orphan.Run.Attempt, orphan.Run.RunId));
        Assert.Equal(won.Lease, orphans.Single(o => o.Unpublished).Lease);
        Assert.Empty((await Registry.StatusAsync(RunFilter.All)).Workers); // recorded as ended
        Assert.Equal(2, (await Registry.OrphansAsync(Given.Host, _ => true)).Count); // and what it left is still there
    }

    [Fact]
    public async Task An_adopted_attempt_goes_on_under_a_new_epoch()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        await Registry.RegisterWorkerAsync(Given.Worker("w2"));

        var lease = await Registry.AdoptAsync(claimed.Lease, "w2", TimeSpan.FromMinutes(1));

        Assert.Equal(claimed.Lease with { Epoch = 2 }, lease);
        Assert.Null(await Registry.AdoptAsync(claimed.Lease, "w2", TimeSpan.FromMinutes(1))); // somebody was faster
        Assert.False(await Registry.EndAttemptAsync(claimed.Lease, Given.Success()));
        Assert.True(await Registry.EndAttemptAsync(lease!.Value, Given.Success()));
        var attempt = Assert.Single((await Registry.FindAsync("a"))!.Attempts);
        Assert.Equal((1, 2L, "w2"), (attempt.Number, attempt.Epoch, attempt.WorkerId));
    }

    [Fact]
    public async Task An_orphan_tells_how_many_attempts_before_it_were_lost_in_a_row()
    {
        var lost = new AttemptEnd { Outcome = AttemptOutcome.Lost, Next = RunStatus.Pending, Counts = false };
        await Registry.SubmitAsync(Given.Run("a"));
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, lost);
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure(RunStatus.Pending));
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, lost);
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, lost);
        await Registry.ClaimOneAsync();

        Assert.Equal(2, Assert.Single(await Registry.OrphansAsync(Given.Host, _ => false)).LossesBefore);
    }

    [Fact]
    public async Task A_lease_of_another_host_expires_when_it_is_not_renewed()
    {
        await Registry.RegisterWorkerAsync(Given.Worker("far", host: "there"));
        await Registry.SubmitAsync(Given.Run("a"), Given.Run("b"));
        var kept = Assert.Single(await Registry.ClaimAsync(worker: "far", lease: TimeSpan.FromSeconds(60)));
        var lost = Assert.Single(await Registry.ClaimAsync(worker: "far", lease: TimeSpan.FromSeconds(60)));

        Assert.Equal(0, await Registry.ExpireLeasesAsync(Given.Host));
        Folder.Time.Advance(TimeSpan.FromSeconds(59));
        await Registry.HeartbeatAsync("far", [kept.Lease], TimeSpan.FromSeconds(60));
        Assert.Equal(0, await Registry.ExpireLeasesAsync(Given.Host));
        Folder.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Registry.ExpireLeasesAsync(Given.Host));

        Assert.Equal(RunStatus.Pending, (await Registry.RunAsync("b")).Status);
        Assert.Equal(AttemptOutcome.Lost, Assert.Single((await Registry.FindAsync("b"))!.Attempts).Outcome);
        Assert.False(await Registry.EndAttemptAsync(lost.Lease, Given.Success()));
        Assert.True(await Registry.EndAttemptAsync(kept.Lease, Given.Success()));
    }

    [Fact]
    public async Task Leases_of_this_host_never_expire()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        await Registry.ClaimOneAsync();
        await Registry.ExpireLeasesAsync(Given.Host);
        Folder.Time.Advance(TimeSpan.FromDays(9));
        Assert.Equal(0, await Registry.ExpireLeasesAsync(Given.Host));
    }

    [Fact]
    public async Task A_clock_that_jumps_expires_no_lease()
    {
        await Registry.RegisterWorkerAsync(Given.Worker("far", host: "there"));
        await Registry.SubmitAsync(Given.Run("a"));
        await Registry.ClaimAsync(worker: "far");
        await Registry.ExpireLeasesAsync(Given.Host);
        Folder.Time.JumpWallClock(TimeSpan.FromDays(9));
        Assert.Equal(0, await Registry.ExpireLeasesAsync(Given.Host));
    }
}
