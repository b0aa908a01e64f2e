using SQLitePCL;

namespace Experiments.Registry.Storage;

/// <summary>
/// A prepared statement, kept for the life of its connection. Parameters are bound in order, rows are read by stepping;
/// disposing makes it ready for its next use and always comes before the transaction ends.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly Database _database;
    private readonly sqlite3_stmt _handle;
    private int _bound;

    public Statement(Database database, string sql)
    {
        _database = database;
        database.Check(raw.sqlite3_prepare_v3(database.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out _handle));
    }

    public Statement Bind(long value) => Checked(raw.sqlite3_bind_int64(_handle, ++_bound, value));

    public Statement Bind(bool value) => Bind(value ? 1L : 0);

    public Statement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public Statement Bind(double value) => Checked(raw.sqlite3_bind_double(_handle, ++_bound, value));

    public Statement Bind(string? value) => value is null ? BindNull() : Checked(raw.sqlite3_bind_text(_handle, ++_bound, value));

    public Statement BindNull() => Checked(raw.sqlite3_bind_null(_handle, ++_bound));

    /// <summary>Binds UTF-8 text.</summary>
    public Statement BindText(ReadOnlySpan<byte> utf8) => Checked(raw.sqlite3_bind_text(_handle, ++_bound, utf8));

    public Statement BindBlob(ReadOnlySpan<byte> bytes) => Checked(raw.sqlite3_bind_blob(_handle, ++_bound, bytes));

    /// <summary>Binds a metric's value: a number, or the text <c>NaN</c>, which SQLite would store as null.</summary>
    public Statement BindValue(double value) => double.IsNaN(value) ? BindText("NaN"u8) : Bind(value);

    /// <summary>Goes to the next row.</summary>
    /// <returns><see langword="false"/>: there is none.</returns>
    public bool Step()
    {
        _database.Faults?.At(FaultPoint.BeforeStatement);
        return raw.sqlite3_step(_handle) switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw _database.Failure(),
        };
    }

    /// <summary>Runs a statement whose rows, if any, don't matter, and makes it ready for its next use.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Dispose();
    }

    /// <summary>Number of columns of a row.</summary>
    public int Columns => raw.sqlite3_column_count(_handle);

    public string Name(int column) => raw.sqlite3_column_name(_handle, column).utf8_to_string();

    /// <summary>SQLite's type code of a value.</summary>
    public int Type(int column) => raw.sqlite3_column_type(_handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_handle, column);

    public int Int32(int column) => (int)raw.sqlite3_column_int64(_handle, column);

    public bool Bool(int column) => raw.sqlite3_column_int64(_handle, column) != 0;

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public int? Int32OrNull(int column) => IsNull(column) ? null : Int32(column);

    public string Text(int column) => raw.sqlite3_column_text(_handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_handle, column);

    public double Value(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_TEXT ? double.NaN : raw.sqlite3_column_double(_handle, column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    /// <summary>Ready for the next use.</summary>
    public void Dispose()
    {
        // The result repeats the error of the last step, which has been reported.
        raw.sqlite3_reset(_handle);
        _bound = 0;
    }

    /// <summary>Gives the statement up.</summary>
    public void Close() => _handle.Dispose();

    private Statement Checked(int result)
    {
        _database.Check(result);
        return this;
    }
}
