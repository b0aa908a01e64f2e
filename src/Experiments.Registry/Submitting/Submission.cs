using System.Text;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Submitting;

/// <summary>Records one plan, inside one transaction.</summary>
internal sealed class Submission
{
    private readonly Database _database;
    private readonly Dependencies _dependencies;
    private readonly Names _names;
    private readonly Plan _plan;
    private readonly SubmitOptions _options;
    private readonly long _now;
    private readonly long _collection;
    private readonly Dictionary<string, long> _keys = [];
    private readonly HashSet<string> _parents = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(long Collection, long Experiment, int State), long> _counts = [];
    private readonly List<string> _added = [], _requeued = [], _waiting = [], _done = [], _left = [];
    private long _lastKey;

    public Submission(Database database, Plan plan, SubmitOptions options, long now)
    {
        _database = database;
        _dependencies = new Dependencies(database);
        _names = new Names(database);
        _plan = plan;
        _options = options;
        _now = now;
        _collection = _names.Collection(plan.Target);
        using var last = database["submit.last_key"];
        last.Step();
        _lastKey = last.Int64(0);
    }

    public SubmitReport Record()
    {
        foreach (var run in _plan.Runs)
            Record(run);
        foreach (var ((collection, experiment, state), runs) in _counts)
            _database["submit.count"].Bind(collection).Bind(experiment).Bind(state).Bind(runs).Run();
        return new SubmitReport(_collection, _added, _requeued, _waiting, _done, _left);
    }

    private void Record(PlannedRun run)
    {
        var known = Find(run.Id);
        if (known is { } found)
        {
            if (found.Id != run.Id)
                throw Inside(run.Id, $"`{found.Id}`, the same path on a filesystem that ignores case");
            _keys.Add(run.Id, found.Key);
            Meet(run, found);
        }
        else
        {
            RefuseOverlap(run.Id);
            Add(run);
        }
    }

    private void Add(PlannedRun run)
    {
        var (experiment, definition, lane) = _names.Definition(run.Experiment);
        var priority = Priority(run);
        var (unmet, broken) = InputStates(run);
        var key = ++_lastKey;
        using (var add = _database["submit.add_run"])
        {
            add.Bind(key).Bind(run.Id).Bind(experiment).Bind(definition).Bind(lane).Bind(_names.Tagset(run.Tags.Concat(_options.Tags))).Bind(priority)
                .Bind(run.Inputs.Length).Bind(unmet).Bind(broken).Bind(_now).BindBlob(run.Hash.ToByteArray()).BindText(run.Config.Span).Run();
        }

        AddInputs(key, run);
        var added = _plan.AddedInputs.Contains(run.Id);
        _database["submit.add_member"].Bind(key).Bind(_collection).Bind(added).Run();
        if (broken == 0)
        {
            _database["submit.enqueue"].Bind(0).Bind(lane).Bind(unmet > 0).Bind(priority).Bind(key).Run();
            _database["submit.enqueue"].Bind(_collection).Bind(lane).Bind(unmet > 0).Bind(priority).Bind(key).Run();
        }

        var state = broken > 0 ? Tally.Blocked : (int)RunStatus.Pending;
        Count(0, experiment, state);
        if (!added)
            Count(_collection, experiment, state);
        _keys.Add(run.Id, key);
        _added.Add(run.Id);
    }

    private void Meet(PlannedRun run, KnownRun known)
    {
        var (experiment, definition, lane) = _names.Definition(run.Experiment);
        var changed = known.Hash != run.Hash || known.Experiment != experiment;
        var force = _options.Known == Known.Force;
        if (changed && (!force || known.Status == RunStatus.Running || known.IsPublishing))
            throw Changed(run, known);

        var requeue = known.Status switch
        {
            RunStatus.Completed => !known.IsPublishing && _options.Known is Known.Rerun or Known.Force,
            RunStatus.Failed or RunStatus.Cancelled => _options.Known != Known.SkipExisting,
            _ => false,
        };

        if (changed)
            _database["submit.set_config"].Bind(known.Key).Bind(experiment).BindBlob(run.Hash.ToByteArray()).BindText(run.Config.Span).Run();

        // A run that is yet to execute executes as it is declared now.
        if ((requeue || known.Status == RunStatus.Pending) && _options.Known != Known.SkipExisting)
        {
            if (known.Definition != definition)
                _database["submit.set_definition"].Bind(known.Key).Bind(definition).Bind(lane).Run();
            ReplaceInputs(known.Key, run, known.Inputs);
            // The same run may be written with new names of properties, or have its secrets elsewhere; only then its hash is not that of its text.
            if (!changed && run.Hash != ContentHash.Compute(run.Config.Span))
                _database["submit.set_config"].Bind(known.Key).Bind(experiment).BindBlob(run.Hash.ToByteArray()).BindText(run.Config.Span).Run();
        }

        if (requeue)
        {
            _database["submit.set_urgency"].Bind(known.Key).Bind(Priority(run)).Bind(_names.Tagset(Tags(known.Key).Concat(run.Tags).Concat(_options.Tags))).Run();
            _dependencies.Requeue(known.Key);
        }

        Join(run.Id, known.Key);
        var list = requeue ? _requeued : known.Status switch
        {
            RunStatus.Pending or RunStatus.Running => _waiting,
            RunStatus.Completed => known.IsPublishing && _options.Known is Known.Rerun or Known.Force ? _waiting : _done,
            _ => _left,
        };
        list.Add(run.Id);
    }

    /// <summary>Makes a known run a member of the plan's collection.</summary>
    private void Join(string id, long key)
    {
        var added = _plan.AddedInputs.Contains(id);
        bool? wasAdded;
        using (var member = _database["submit.member"].Bind(key).Bind(_collection))
            wasAdded = member.Step() ? member.Bool(0) : null;
        if (wasAdded is null)
        {
            _database["submit.add_member"].Bind(key).Bind(_collection).Bind(added).Run();
            _database["submit.enqueue_member"].Bind(_collection).Bind(key).Run();
        }
        else if (wasAdded == true && !added)
        {
            _database["submit.promote_member"].Bind(key).Bind(_collection).Run();
        }

        if (!added && wasAdded != false)
        {
            var now = Find(id)!.Value;
            Count(_collection, now.Experiment, now.State);
        }
    }

    private void ReplaceInputs(long key, PlannedRun run, int inputsKnown)
    {
        if (inputsKnown == 0 && run.Inputs.IsEmpty)
            return;
        var known = new Dictionary<string, long>();
        using (var inputs = _database["submit.inputs"].Bind(key))
        {
            while (inputs.Step())
                known.Add(inputs.Text(0), inputs.Int64(1));
        }

        if (known.Count == run.Inputs.Length && run.Inputs.All(i => known.TryGetValue(i.Name, out var input) && input == _keys[i.Run.Id]))
            return;
        _database["submit.clear_inputs"].Bind(key).Run();
        AddInputs(key, run);
        var (unmet, broken) = InputStates(run);
        _dependencies.Change(key, () => _database["submit.set_inputs"].Bind(key).Bind(run.Inputs.Length).Bind(unmet).Bind(broken).Run());
    }

    private void AddInputs(long key, PlannedRun run)
    {
        foreach (var input in run.Inputs)
            _database["submit.add_input"].Bind(key).Bind(input.Name).Bind(_keys[input.Run.Id]).Run();
    }

    private (int Unmet, int Broken) InputStates(PlannedRun run)
    {
        int unmet = 0, broken = 0;
        foreach (var input in run.Inputs)
        {
            using var state = _database["submit.input_state"].Bind(_keys[input.Run.Id]);
            state.Step();
            unmet += state.Bool(0) ? 0 : 1;
            broken += state.Bool(1) ? 1 : 0;
        }

        return (unmet, broken);
    }

    /// <summary>A run's id is its directory, so no run may be inside another.</summary>
    private void RefuseOverlap(string id)
    {
        for (var slash = id.LastIndexOf('/'); slash > 0; slash = id.LastIndexOf('/', slash - 1))
        {
            var parent = id[..slash];
            if (!_parents.Add(parent))
                break; // and so are its own parents
            if (Find(parent) is { } run)
                throw Inside(id, $"`{run.Id}`, whose directory would hold it");
        }

        using var inside = _database["submit.run_inside"].Bind(id);
        if (inside.Step())
            throw Inside(id, $"`{inside.Text(0)}`, which would be inside its directory");
    }

    private KnownRun? Find(string id)
    {
        using var run = _database["submit.find_run"].Bind(id);
        return run.Step()
            ? new KnownRun(run.Int64(0), run.Text(1), (RunStatus)run.Int32(2), run.Int64(3), ContentHash.FromBytes(run.Blob(4)), run.Int64(5), run.Bool(6), run.Int32(7), run.Int32(8))
            : null;
    }

    private IEnumerable<string> Tags(long key)
    {
        using var tags = _database["submit.tags"].Bind(key);
        return tags.Step() ? JsonList.ReadStrings(tags.Text(0)) : [];
    }

    private int Priority(PlannedRun run) => _options.Priority ?? run.Priority;

    private void Count(long collection, long experiment, int state) =>
        _counts[(collection, experiment, state)] = _counts.GetValueOrDefault((collection, experiment, state)) + 1;

    private static ExperimentsException Inside(string id, string other) => new("EXP7011",
        $"expected run `{id}` to have a directory of its own, got {other}",
        "a run's id is its directory: change the id template so that no id is the beginning of another");

    private ExperimentsException Changed(PlannedRun run, KnownRun known)
    {
        string config, experiment;
        using (var row = _database["submit.config"].Bind(known.Key))
        {
            row.Step();
            (config, experiment) = (row.Text(0), row.Text(1));
        }

        var difference = experiment != run.Experiment.Name
            ? $"`{run.Experiment.Name}` where the registry has experiment `{experiment}`"
            : $"another one (known → now: {ConfigDifference.Describe(config, Encoding.UTF8.GetString(run.Config.Span))})";
        return new ExperimentsException("EXP7010", $"expected run `{run.Id}` to have the configuration it is known with, got {difference}",
            _options.Known == Known.Force
                ? $"the run is under way; `cancel {run.Id}` first, then submit it again"
                : "name what differs in the id template of the experiment, or replace the known run with `--force`");
    }

    private readonly record struct KnownRun(long Key, string Id, RunStatus Status, long Experiment, ContentHash Hash, long Definition, bool Published, int Broken, int Inputs)
    {
        /// <summary>Completed, and its files are being moved into its home.</summary>
        public bool IsPublishing => Status == RunStatus.Completed && !Published;

        public int State => Status == RunStatus.Pending && Broken > 0 ? Tally.Blocked : (int)Status;
    }
}
