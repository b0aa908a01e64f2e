namespace Experiments.Registry.Tests.Kit;

/// <summary>Short forms of what most tests do.</summary>
public static class RegistryExtensions
{
    public static Task<SubmitReport> SubmitAsync(this IRegistry registry, params PlannedRun[] runs) => registry.SubmitAsync(Given.Plan(runs), new SubmitOptions());

    public static Task<IReadOnlyList<ClaimedRun>> ClaimAsync(this IRegistry registry, int count = 1, int gpusMax = 0, int gpusMin = 0, long? collection = null, string worker = "w1", TimeSpan? lease = null) =>
        registry.ClaimAsync(new ClaimRequest { WorkerId = worker, Count = count, GpusMax = gpusMax, GpusMin = gpusMin, Collection = collection, Lease = lease ?? TimeSpan.FromMinutes(2) });

    public static async Task<ClaimedRun> ClaimOneAsync(this IRegistry registry, string worker = "w1") => Assert.Single(await registry.ClaimAsync(1, gpusMax: 8, worker: worker));

    public static async Task CompleteAsync(this IRegistry registry, ClaimedRun run, params (string, double)[] metrics)
    {
        Assert.True(await registry.EndAttemptAsync(run.Lease, Given.Success(metrics)));
        Assert.True(await registry.RecordPublishedAsync(run.Lease));
    }

    public static async Task<RunRecord> RunAsync(this IRegistry registry, string id) => (await registry.FindAsync(id))!.Run;

    public static IEnumerable<string> Ids(this IEnumerable<ClaimedRun> runs) => runs.Select(r => r.RunId);

    public static IEnumerable<string> Ids(this IEnumerable<RunRecord> runs) => runs.Select(r => r.Id);

    public static string Counts(this RegistryStatus status) =>
        $"{status.Pending} pending, {status.Running} running, {status.Completed} completed, {status.Failed} failed, {status.Cancelled} cancelled, {status.Blocked} blocked";
}
