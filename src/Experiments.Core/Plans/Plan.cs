using System.Collections.Immutable;
using System.Text;

namespace Experiments;

/// <summary>The ordered runs of a target: every run after its inputs, otherwise in the order the target gave them.</summary>
public sealed class Plan
{
    private Plan(string target, ImmutableArray<PlannedRun> runs, ImmutableHashSet<string> added)
    {
        Target = target;
        Runs = runs;
        AddedInputs = added;
    }

    /// <summary>The sweep or experiment planned; also the name of the collection its runs belong to in the registry.</summary>
    public string Target { get; }

    /// <summary>All runs, inputs first.</summary>
    public ImmutableArray<PlannedRun> Runs { get; }

    /// <summary>Ids of the runs that are there only because others need them.</summary>
    public ImmutableHashSet<string> AddedInputs { get; }

    /// <summary>Orders runs, adds the inputs they need, and refuses two configurations under one id.</summary>
    /// <param name="target">Name of the sweep or experiment.</param>
    /// <param name="runs">The target's runs, in order. The same run twice counts once.</param>
    /// <exception cref="ExperimentsException">EXP2002: two different configurations share an id. EXP2004: ids differ only in case. EXP2006: an id lies inside another's directory. EXP6001: the inputs form a cycle.</exception>
    public static Plan Create(string target, IEnumerable<PlannedRun> runs)
    {
        var order = new List<PlannedRun>();
        var byId = new Dictionary<string, PlannedRun>(StringComparer.OrdinalIgnoreCase);
        var directories = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var targetIds = new HashSet<string>();
        var path = new List<string>();
        foreach (var run in runs)
        {
            targetIds.Add(run.Id);
            Add(run);
        }

        return new Plan(target, [.. order], [.. order.Select(r => r.Id).Where(id => !targetIds.Contains(id))]);

        void Add(PlannedRun run)
        {
            if (path.Contains(run.Id))
                throw new ExperimentsException("EXP6001", $"expected the inputs of `{run.Id}` to be acyclic, got {string.Join(" → ", path.Select(p => $"`{p}`"))} → `{run.Id}`",
                    "a run can't need itself; change the `[Input]` so that the chain ends");
            if (byId.TryGetValue(run.Id, out var known))
            {
                if (known.Id != run.Id)
                    throw new ExperimentsException("EXP2004", $"expected run ids to differ in more than case, got `{known.Id}` and `{run.Id}`",
                        "some filesystems treat both as one directory; rename one");
                if (known.Hash != run.Hash || known.Experiment.Name != run.Experiment.Name)
                    throw Collision(known, run);
                return;
            }

            path.Add(run.Id);
            foreach (var input in run.Inputs)
                Add(input.Run);
            path.RemoveAt(path.Count - 1);
            byId.Add(run.Id, run);
            order.Add(run);
            RefuseNesting(run.Id);
        }

        void RefuseNesting(string id)
        {
            if (directories.TryGetValue(id, out var inner))
                throw Nesting(id, inner);
            for (var slash = id.LastIndexOf('/'); slash > 0; slash = id.LastIndexOf('/', slash - 1))
            {
                var directory = id[..slash];
                if (byId.TryGetValue(directory, out var outer))
                    throw Nesting(outer.Id, id);
                if (!directories.TryAdd(directory, id))
                    break;
            }
        }
    }

    private static ExperimentsException Nesting(string outer, string inner) => new("EXP2006",
        $"expected no run to lie inside another's directory, got `{outer}` and `{inner}`",
        "a run's id is its directory; end the shorter id with a name of its own");

    private static ExperimentsException Collision(PlannedRun first, PlannedRun second) => new("EXP2002",
        $"expected every configuration to have its own run id, got `{first.Id}` for both {Encoding.UTF8.GetString(first.Config.Span)} and {Encoding.UTF8.GetString(second.Config.Span)}",
        "name what differs in the id template of the experiment, or add `{hash:8}` to it");
}
