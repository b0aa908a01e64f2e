using Experiments.Registry.Storage;

namespace Experiments.Registry.Submitting;

/// <summary>
/// Keeps, for every run, the number of inputs it still waits for and the number that can't come: an input is met when it is
/// completed and published, and broken when it is failed, cancelled or itself blocked.
/// </summary>
internal sealed class Dependencies(Database database)
{
    /// <summary>Changes a run and tells the runs that have it as an input.</summary>
    public void Change(long run, Action change)
    {
        var before = State(run);
        change();
        var after = State(run);
        if (before.Met != after.Met)
            database["dependency.shift_unmet"].Bind(run).Bind(after.Met ? -1 : 1).Run();
        if (before.Broken != after.Broken)
            Spread(run, after.Broken ? 1 : -1);
    }

    /// <summary>Makes a run that has ended pending again, as if it were new.</summary>
    public void Requeue(long run) => Change(run, () =>
    {
        database["dependency.unrank"].Bind(run).Run();
        database["dependency.requeue"].Bind(run).Run();
    });

    /// <summary>A run became broken, or whole again: pending runs behind it become blocked or free, and so on down the chain.</summary>
    private void Spread(long from, int shift)
    {
        var changed = new Stack<long>([from]);
        while (changed.TryPop(out var run))
        {
            using var dependents = database["dependency.shift_broken"].Bind(run).Bind(shift);
            while (dependents.Step())
            {
                var (key, status, broken, inputs) = (dependents.Int64(0), (RunStatus)dependents.Int32(1), dependents.Int32(2), dependents.Int32(3));
                var turned = shift > 0 ? broken == inputs : broken == 0;
                if (status == RunStatus.Pending && turned)
                    changed.Push(key);
            }
        }
    }

    private (bool Met, bool Broken) State(long run)
    {
        using var row = database["dependency.state"].Bind(run);
        row.Step();
        var status = (RunStatus)row.Int32(0);
        return (status == RunStatus.Completed && row.Bool(1),
            status is RunStatus.Failed or RunStatus.Cancelled || (status == RunStatus.Pending && row.Int32(2) > 0));
    }
}
