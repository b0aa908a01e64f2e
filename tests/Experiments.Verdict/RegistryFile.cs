using Microsoft.Data.Sqlite;

namespace Experiments.Verdict;

/// <summary>The registry's file, read by plain SQL. Its tables are documented in the schema script.</summary>
internal sealed class RegistryFile : IDisposable
{
    private static readonly (string Sql, string Problem)[] s_rules =
    [
        ("SELECT id FROM run WHERE status NOT IN (0, 1, 2, 3, 4)",
            "run `{0}` is in no state that exists"),
        ("SELECT id FROM run GROUP BY id HAVING count(*) > 1",
            "run `{0}` is there more than once"),
        ("SELECT r.id FROM run r WHERE (r.status = 1) <> (SELECT count(*) = 1 FROM attempt a WHERE a.run = r.key AND a.outcome = 0)",
            "run `{0}` is running without exactly one attempt under way, or the other way round"),
        ("SELECT r.id FROM run r WHERE r.status = 2 AND (SELECT a.outcome FROM attempt a WHERE a.run = r.key ORDER BY a.epoch DESC LIMIT 1) IS NOT 1",
            "run `{0}` is completed, but the attempt with the highest epoch did not win"),
        ("SELECT r.id FROM run r WHERE r.epoch <> ifnull((SELECT max(a.epoch) FROM attempt a WHERE a.run = r.key), 0)",
            "run `{0}` has another epoch than its latest attempt"),
        ("SELECT r.id FROM run r JOIN attempt a ON a.run = r.key GROUP BY r.key, a.epoch HAVING count(*) > 1",
            "run `{0}` has two attempts of one epoch"),
        ("SELECT r.id FROM run r JOIN attempt a ON a.run = r.key JOIN attempt b ON b.run = r.key AND b.number > a.number AND b.epoch < a.epoch",
            "run `{0}` has a later attempt with a smaller epoch"),
        ("SELECT r.id FROM run r JOIN attempt a ON a.run = r.key GROUP BY r.key HAVING count(*) <> max(a.number) OR min(a.number) <> 1",
            "run `{0}` has a gap in the numbers of its attempts"),
        ("SELECT id FROM run WHERE published = 1 AND status <> 2",
            "run `{0}` is published but not completed"),
        ("SELECT r.id FROM input i JOIN run r ON r.key = i.run JOIN run u ON u.key = i.input WHERE r.status = 1 AND NOT (u.status = 2 AND u.published = 1) AND u.started IS NULL AND u.epoch = 0",
            "run `{0}` is running before its input ever was"),
        ("SELECT r.id FROM run r JOIN attempt a ON a.key = r.attempt WHERE a.points <> (SELECT count(*) FROM point p WHERE p.attempt = a.key)",
            "the latest attempt of run `{0}` has another number of metric values than it counts"),
        ("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
            "the file is damaged: {0}"),
    ];

    private readonly SqliteConnection _connection;

    public RegistryFile(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        _connection.Open();
    }

    /// <summary>What is wrong inside the file.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (sql, problem) in s_rules)
        {
            foreach (var subject in Rows(sql, row => row.GetString(0)))
                yield return string.Format(System.Globalization.CultureInfo.InvariantCulture, problem, subject);
        }
    }

    /// <summary>All runs with their attempts, first to last.</summary>
    public IEnumerable<JudgedRun> Runs()
    {
        var attempts = Rows("SELECT run, number, epoch, outcome FROM attempt ORDER BY run, number", row => (Run: row.GetInt64(0), new JudgedAttempt(row.GetInt32(1), row.GetInt64(2), row.GetInt64(3))))
            .ToLookup(a => a.Run, a => a.Item2);
        return Rows("SELECT key, id, status, published, broken FROM run ORDER BY key",
            row => new JudgedRun(row.GetString(1), row.GetInt64(2), row.GetBoolean(3), row.GetInt64(4) > 0, [.. attempts[row.GetInt64(0)]]));
    }

    public void Dispose() => _connection.Dispose();

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }
}
