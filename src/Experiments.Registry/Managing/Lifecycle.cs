using Experiments.Registry.Asking;
using Experiments.Registry.Storage;
using Experiments.Registry.Submitting;

namespace Experiments.Registry.Managing;

/// <summary>What people do to runs that are known: retry and cancel.</summary>
internal sealed class Lifecycle(Database database, long now)
{
    public List<string> Retry(RunFilter filter) => ForEach(filter, (key, status) =>
    {
        if (status is not (RunStatus.Failed or RunStatus.Cancelled))
            return false;
        new Dependencies(database).Requeue(key);
        return true;
    });

    public List<string> Cancel(RunFilter filter) => ForEach(filter, (key, status) =>
    {
        if (status == RunStatus.Running)
            database["manage.cancel_running"].Bind(key).Run();
        else if (status == RunStatus.Pending)
            new Dependencies(database).Change(key, () => database["manage.cancel_pending"].Bind(key).Bind(now).Run());
        else
            return false;
        return true;
    });

    private List<string> ForEach(RunFilter filter, Func<long, RunStatus, bool> act)
    {
        var done = new List<string>();
        foreach (var key in Keys(filter))
        {
            string id;
            RunStatus status;
            using (var row = database["manage.state"].Bind(key))
            {
                row.Step();
                (id, status) = (row.Text(0), (RunStatus)row.Int32(1));
            }

            if (act(key, status))
                done.Add(id);
        }

        return done;
    }

    private List<long> Keys(RunFilter filter)
    {
        var keys = new List<long>();
        if (Filter.Resolve(database, filter) is not { } resolved)
            return keys;
        using var rows = resolved.Apply(database, "ask.keys");
        while (rows.Step())
            keys.Add(rows.Int64(0));
        return keys;
    }
}
