using System.Collections.Immutable;
using System.Text;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Executing;

/// <summary>Takes claimable runs for a worker, inside one transaction.</summary>
internal sealed class Claims(Database database, Definitions definitions, long now)
{
    /// <summary>Claims up to the requested number, each the first in the order of priority and age.</summary>
    public List<ClaimedRun> Claim(ClaimRequest request)
    {
        var worker = Worker(database, request.WorkerId);
        var claimed = new List<ClaimedRun>(request.Count);
        database["claim.end_backoffs"].Bind(now).Run();
        database["claim.end_backoffs_of_the_future"].Bind(now).Run();
        while (claimed.Count < request.Count && Next(request) is { } next)
            claimed.Add(Take(next.Run, worker, request.Lease) with { Overtook = next.Overtook });
        return claimed;
    }

    /// <summary>The key of a registered worker.</summary>
    public static long Worker(Database database, string id)
    {
        using var row = database["claim.worker"].Bind(id);
        return row.Step() ? row.Int64(0) : throw new InvalidOperationException($"expected worker `{id}` to be registered, got a worker that is not");
    }

    /// <summary>Names and run ids of the inputs of a run.</summary>
    public static ImmutableArray<(string Name, string RunId)> Inputs(Database database, long run)
    {
        var inputs = ImmutableArray.CreateBuilder<(string, string)>();
        using var rows = database["claim.inputs"].Bind(run);
        while (rows.Step())
            inputs.Add((rows.Text(0), rows.Text(1)));
        return inputs.DrainToImmutable();
    }

    /// <summary>The most urgent run that fits, unless the most urgent of all waits for GPUs and must not be overtaken again.</summary>
    private (long Run, long? Overtook)? Next(ClaimRequest request)
    {
        if (First(request, Math.Max(request.GpusMax, request.GpusTotal ?? 0), GpuFit.Later) is not { } first)
            return null;
        if (first.Gpus <= request.GpusMax && (first.Gpus == 0 || request.Fit is null || request.Fit[first.Experiment] == GpuFit.Now))
            return (first.Key, null);
        return first.Key != request.Reserved && First(request, request.GpusMax, GpuFit.Now) is { } smaller ? (smaller.Key, first.Key) : null;
    }

    private (long Key, int Gpus, string Experiment)? First(ClaimRequest request, int gpusMax, GpuFit fit)
    {
        var fitting = request.Fit is null ? null : JsonList.Write(request.Fit.Where(f => f.Value >= fit).Select(f => f.Key));
        using var next = database["claim.next"].Bind(request.Collection ?? 0).Bind(request.GpusMin).Bind(gpusMax).Bind(fitting);
        return next.Step() ? (next.Int64(0), next.Int32(1), next.Text(2)) : null;
    }

    private ClaimedRun Take(long run, long worker, TimeSpan lease)
    {
        long attempt;
        using (var last = database["claim.last_attempt"])
        {
            last.Step();
            attempt = last.Int64(0) + 1;
        }

        string id;
        long epoch, definition;
        int number, failures, inputs;
        byte[] config;
        byte[]? remedied;
        using (var row = database["claim.take"].Bind(run).Bind(attempt).Bind(now))
        {
            if (!row.Step())
                throw new InvalidOperationException($"run {run} is queued but not pending: `registry check` tells more");
            id = row.Text(0);
            epoch = row.Int64(1);
            number = row.Int32(2);
            failures = row.Int32(3);
            definition = row.Int64(4);
            inputs = row.Int32(5);
            config = row.Blob(6).ToArray();
            remedied = row.IsNull(7) ? null : row.Blob(7).ToArray();
        }

        database["claim.begin_attempt"].Bind(attempt).Bind(run).Bind(number).Bind(epoch).Bind(worker).Bind((long)lease.TotalMilliseconds).Bind(now).Bind(now).Bind(remedied is null ? null : Encoding.UTF8.GetString(remedied)).Run();
        if (number > 1)
            database["claim.clear_scores"].Bind(run).Run();
        return new ClaimedRun
        {
            Lease = new LeaseKey(run, epoch),
            RunId = id,
            Attempt = number,
            Failures = failures,
            Experiment = definitions.Get(database, definition),
            Config = remedied ?? config,
            Declared = config,
            Inputs = inputs > 0 ? Inputs(database, run) : [],
        };
    }
}
