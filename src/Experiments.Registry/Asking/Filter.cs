using System.Globalization;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Asking;

/// <summary>A run filter as SQL: composed from the sections of <c>filter.sql</c>, values always bound.</summary>
internal sealed class Filter
{
    private readonly List<string> _conditions = [];
    private readonly List<Action<Statement>> _values = [];
    private readonly Action<Statement>? _sourceValue;
    private readonly string _source;
    private readonly string _order;
    private readonly int? _limit;

    private Filter(RunFilter filter, long? experiment, long? collection, bool collectionFirst)
    {
        _limit = filter.Limit;
        if (collection is { } key && collectionFirst && filter.Ids.IsDefaultOrEmpty && !HasIndex(filter))
        {
            (_source, _order) = (Sql.Get("filter.from_members"), Sql.Get("filter.order_members"));
            _sourceValue = s => s.Bind(key);
        }
        else
        {
            (_source, _order) = (Sql.Get("filter.from_runs"), Sql.Get("filter.order_runs"));
            if (collection is { } inside)
                Add("collection", s => s.Bind(inside));
        }

        if (experiment is { } id)
            Add("experiment", s => s.Bind(id));
        if (filter.Tag is { } tag)
            Add("tag", s => s.Bind(tag));
        if (!filter.Ids.IsDefaultOrEmpty)
        {
            var list = JsonList.Write(filter.Ids);
            Add("ids", s => s.Bind(list));
        }

        if (filter.Blocked)
            _conditions.Add(Sql.Get("filter.blocked"));

        // The states are ours and few: written out, so that the partial index applies.
        if (!filter.Status.IsDefaultOrEmpty)
            _conditions.Add($"({string.Join(" OR ", filter.Status.Select(s => Sql.Get("filter.status").Replace("{status}", ((int)s).ToString(CultureInfo.InvariantCulture))))})");
        if (_conditions.Count == 0)
            _conditions.Add(Sql.Get("filter.everything"));
    }

    /// <summary>Looks up the names of a filter.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="collectionFirst">Start from the members of the collection, not from whatever the statement starts from.</param>
    /// <returns><see langword="null"/>: a name is unknown, so no run matches.</returns>
    public static Filter? Resolve(Database database, RunFilter filter, bool collectionFirst = true)
    {
        var experiment = Find(database, "ask.find_experiment", filter.Experiment);
        var collection = Find(database, "ask.find_collection", filter.Collection);
        return (filter.Experiment is null || experiment is not null) && (filter.Collection is null || collection is not null)
            ? new Filter(filter, experiment, collection, collectionFirst)
            : null;
    }

    /// <summary>The key of a name; <see langword="null"/> when there is no name or it is unknown.</summary>
    public static long? Find(Database database, string statement, string? name)
    {
        if (name is null)
            return null;
        using var row = database[statement].Bind(name);
        return row.Step() ? row.Int64(0) : null;
    }

    /// <summary>A statement with this filter in its places.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="name">Name of the statement.</param>
    /// <param name="own">Binds the statement's own parameters, which come between those of the source and those of the conditions.</param>
    /// <param name="limit">At most so many rows; <see langword="null"/>: as many as the filter says.</param>
    public Statement Apply(Database database, string name, Action<Statement>? own = null, int? limit = null)
    {
        var sql = Sql.Get(name)
            .Replace("{source}", _source)
            .Replace("{order}", _order)
            .Replace("{where}", string.Join(" AND ", _conditions))
            .Replace("{limit}", "?");
        var statement = database.Composed(sql);
        if (sql.Contains(_source, StringComparison.Ordinal))
            _sourceValue?.Invoke(statement);
        own?.Invoke(statement);
        foreach (var bind in _values)
            bind(statement);
        if (sql.EndsWith("LIMIT ?", StringComparison.Ordinal))
            statement.Bind((long)(limit ?? _limit ?? -1));
        return statement;
    }

    /// <summary>Whether such runs are few and found by an index of their own.</summary>
    private static bool HasIndex(RunFilter filter) =>
        filter.Blocked || (!filter.Status.IsDefaultOrEmpty && filter.Status.All(s => s is RunStatus.Running or RunStatus.Failed or RunStatus.Cancelled));

    private void Add(string condition, Action<Statement> value)
    {
        _conditions.Add(Sql.Get("filter." + condition));
        _values.Add(value);
    }
}
