using System.Collections.Immutable;
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
    private readonly long _lastKnown;
    private readonly bool _isElsewhere;
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
        _lastKnown = _lastKey = last.Int64(0);
        _isElsewhere = plan.Runs.Length > 1 && !IsNear(CommonStart(plan));
    }

    public SubmitReport Record()
    {
        foreach (var run in _plan.Runs)
            Record(run);
        if (_lastKey > _lastKnown)
            QueueNew();
        foreach (var ((collection, experiment, state), runs) in _counts)
            _database["submit.count"].Bind(collection).Bind(experiment).Bind(state).Bind(runs).Run();
        return new SubmitReport(_collection, _added, _requeued, _waiting, _done, _left);
    }

    private void Record(PlannedRun run)
    {
        var isNear = !_isElsewhere && IsNear(run.Id, '/');
        if (isNear && Find(run.Id) is { } known)
        {
            if (known.Id != run.Id)
                throw Inside(run.Id, $"`{known.Id}`, the same path on a filesystem that ignores case");
            _keys.Add(run.Id, known.Key);
            Meet(run, known);
        }
        else
        {
            RefuseOverlap(run.Id, isNear);
            Add(run);
        }
    }

    /// <summary>Whether there may be a run whose id begins so.</summary>
    /// <param name="start">The beginning, ASCII in lower case unless a whole id.</param>
    /// <param name="last">What the next character is at most; by default any.</param>
    private bool IsNear(string start, char? last = null)
    {
        if (start.Length == 0)
            return true;
        // The next beginning of the same length, or of one more character.
        var end = last is { } next ? $"{start}{(char)(next + 1)}" : $"{start[..^1]}{(char)(start[^1] + 1)}";
        using var near = _database["submit.id_near"].Bind(start).Bind(end);
        return near.Step();
    }

    /// <summary>How all ids of a plan begin, as far as it is ASCII, in lower case as the index compares.</summary>
    private static string CommonStart(Plan plan)
    {
        var start = plan.Runs[0].Id.AsSpan();
        foreach (var run in plan.Runs)
            start = start[..start.CommonPrefixLength(run.Id)];
        var other = start.IndexOfAnyExceptInRange('\0', '\x7f');
        return start[..(other < 0 ? start.Length : other)].ToString().ToLowerInvariant();
    }

    /// <summary>Makes all new runs members of the collection and queues them; inputs come before what needs them, so nothing has changed them since they were added.</summary>
    private void QueueNew()
    {
        _database["submit.add_new_members"].Bind(_collection).Bind(_lastKnown).Run();
        foreach (var id in _plan.AddedInputs)
        {
            if (_keys[id] > _lastKnown)
                _database["submit.demote_member"].Bind(_keys[id]).Bind(_collection).Run();
        }

        _database["submit.enqueue_new"].Bind(0).Bind(_lastKnown).Run();
        _database["submit.enqueue_new"].Bind(_collection).Bind(_lastKnown).Run();
    }

    private void Add(PlannedRun run)
    {
        var (experiment, definition, lane) = _names.Definition(run.Experiment);
        var priority = Priority(run);
        var (unmet, broken) = InputStates(run);
        var key = ++_lastKey;
        using (var add = _database["submit.add_run"])
        {
            try
            {
                add.Bind(key).Bind(run.Id).Bind(experiment).Bind(definition).Bind(lane).Bind(_names.Tagset(run.Tags, _options.Tags)).Bind(priority)
                    .Bind(run.Inputs.Length).Bind(unmet).Bind(broken).Bind(_now).BindBlob(run.Hash.ToByteArray()).BindText(run.Config.Span).Run();
            }
            catch (SqliteFailure failure) when (failure.IsStatementOnly && Find(run.Id) is { } other)
            {
                throw Inside(run.Id, $"`{other.Id}`, the same path on a filesystem that ignores case");
            }
        }

        AddInputs(key, run);
        var state = broken > 0 ? Tally.Blocked : (int)RunStatus.Pending;
        Count(0, experiment, state);
        if (!_plan.AddedInputs.Contains(run.Id))
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

        var requeue = !known.IsPublishing && _options.Requeues(known.Status);

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
            _database["submit.set_urgency"].Bind(known.Key).Bind(Priority(run)).Bind(_names.Tagset(Tags(known.Key), run.Tags, _options.Tags)).Run();
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
    private void RefuseOverlap(string id, bool isNear)
    {
        for (var slash = id.LastIndexOf('/'); slash > 0; slash = id.LastIndexOf('/', slash - 1))
        {
            var parent = id[..slash];
            if (!_parents.Add(parent))
                break; // and so are its own parents
            if (Find(parent) is { } run)
                throw Inside(id, $"`{run.Id}`, whose directory would hold it");
        }

        if (!isNear)
            return;
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

    private ImmutableArray<string> Tags(long key)
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

        return Conflict.Of(run, experiment, config, _options.Known);
    }

    private readonly record struct KnownRun(long Key, string Id, RunStatus Status, long Experiment, ContentHash Hash, long Definition, bool Published, int Broken, int Inputs)
    {
        /// <summary>Completed, and its files are being moved into its home.</summary>
        public bool IsPublishing => Status == RunStatus.Completed && !Published;

        public int State => Status == RunStatus.Pending && Broken > 0 ? Tally.Blocked : (int)Status;
    }
}
