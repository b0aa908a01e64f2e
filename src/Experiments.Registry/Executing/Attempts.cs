using System.Text;
using Experiments.Registry.Storage;
using Experiments.Registry.Submitting;

namespace Experiments.Registry.Executing;

/// <summary>What the holder of a lease writes. A stale lease writes nothing.</summary>
internal sealed class Attempts(Database database, long now)
{
    public bool RecordProcess(LeaseKey lease, ProcessIdentity process)
    {
        using var row = database["attempt.record_process"].Bind(lease.Run).Bind(lease.Epoch).Bind(process.Pid).Bind(process.StartTicks).Bind(process.BootId);
        return row.Step();
    }

    public bool End(LeaseKey lease, AttemptEnd end)
    {
        var ended = false;
        new Dependencies(database).Change(lease.Run, () => ended = EndRun(lease, end));
        return ended;
    }

    public bool RecordPublished(LeaseKey lease)
    {
        var published = false;
        new Dependencies(database).Change(lease.Run, () =>
        {
            using var row = database["attempt.publish"].Bind(lease.Run).Bind(lease.Epoch);
            published = row.Step();
        });
        if (published)
            return true;

        // Rolled forward by two workers: both are right.
        using var already = database["attempt.is_published"].Bind(lease.Run).Bind(lease.Epoch);
        return already.Step();
    }

    public bool Append(LeaseKey lease, AttemptReports reports)
    {
        long attempt, number, experiment;
        using (var row = database["attempt.append"].Bind(lease.Run).Bind(lease.Epoch).Bind(reports.Points.Count).Bind(reports.Offset))
        {
            if (!row.Step())
                return false;
            (attempt, number, experiment) = (row.Int64(0), row.Int64(1), row.Int64(2));
        }

        var metrics = new Metrics(database, experiment);
        var last = new Dictionary<long, double>();
        var add = database["attempt.add_point"];
        for (var i = 0; i < reports.Points.Count; i++)
        {
            var point = reports.Points[i];
            var metric = metrics.Key(point.Metric);
            add.Bind(attempt).Bind(metric).Bind(number + i).Bind(point.Step).BindValue(point.Value).Bind(point.Time.ToUnixTimeMilliseconds()).Run();
            last[metric] = point.Value;
        }

        foreach (var (metric, value) in last)
            database["attempt.set_score"].Bind(lease.Run).Bind(metric).BindValue(value).Run();
        foreach (var happened in reports.Events)
            database["attempt.add_event"].Bind(attempt).Bind(happened.Name).Bind(happened.Data).Bind(happened.Time.ToUnixTimeMilliseconds()).Run();
        return true;
    }

    public LeaseKey? Adopt(LeaseKey lease, string worker, TimeSpan duration)
    {
        var adopter = Claims.Worker(database, worker);
        long epoch, attempt;
        using (var row = database["attempt.adopt"].Bind(lease.Run).Bind(lease.Epoch))
        {
            if (!row.Step())
                return null;
            (epoch, attempt) = (row.Int64(0), row.Int64(1));
        }

        database["attempt.adopt_attempt"].Bind(attempt).Bind(epoch).Bind(adopter).Bind((long)duration.TotalMilliseconds).Bind(now).Run();
        return new LeaseKey(lease.Run, epoch);
    }

    private bool EndRun(LeaseKey lease, AttemptEnd end)
    {
        long attempt, experiment;
        RunStatus status;
        var failed = end.Next != RunStatus.Completed;
        using (var row = database["attempt.end"].Bind(lease.Run).Bind(lease.Epoch).Bind((int)end.Next).Bind(end.Counts && failed).Bind(now)
            .Bind((long)Math.Ceiling(end.Delay.TotalMilliseconds)).Bind(failed ? end.Category : null).Bind(failed ? end.Message : null)
            .Bind(end.NextConfig is { } next ? Encoding.UTF8.GetString(next.Span) : null))
        {
            if (!row.Step())
                return false;
            (attempt, experiment, status) = (row.Int64(0), row.Int64(1), (RunStatus)row.Int32(2));
        }

        database["attempt.end_attempt"].Bind(attempt).Bind((int)end.Outcome).Bind(now).Bind(end.ExitCode).Bind(end.Signal).Bind(end.Category).Bind(end.Message)
            .Bind(!end.Counts || !failed ? 0L : end.Requeued ? 2L : 1L).Bind(end.Gpus.IsEmpty ? null : JsonList.Write(end.Gpus)).Run();
        if (status != RunStatus.Completed)
            return true;

        var metrics = new Metrics(database, experiment);
        foreach (var (name, value) in end.Metrics)
            database["attempt.set_score"].Bind(lease.Run).Bind(metrics.Key(name)).BindValue(value).Run();
        database["attempt.rank"].Bind(lease.Run).Run();
        return true;
    }
}
