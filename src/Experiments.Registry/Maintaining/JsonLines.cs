using System.Globalization;
using System.Text.Json;
using Experiments.Registry.Storage;
using SQLitePCL;

namespace Experiments.Registry.Maintaining;

/// <summary>
/// A registry as JSON Lines: a line that says what follows, then one object a row, <c>{"run": {"key": 1, …}}</c>. Lossless: bytes are
/// <c>{"hex": …}</c>, infinities <c>{"real": …}</c>, and a number with a point or an exponent is floating. Queue and tallies follow from
/// the rest and are not written.
/// </summary>
internal static class JsonLines
{
    private const string Format = "experiments-registry";

    /// <summary>Writes all rows, in one snapshot.</summary>
    /// <returns>How many rows.</returns>
    public static long Write(Database database, Stream target)
    {
        using var json = new Utf8JsonWriter(target, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", database.Scalar("PRAGMA user_version"));
        EndLine(json, target);
        var rows = 0L;
        foreach (var table in Tables(database))
        {
            using var row = database.Composed($"SELECT * FROM {table}");
            while (row.Step())
            {
                json.WriteStartObject();
                json.WriteStartObject(table);
                for (var column = 0; column < row.Columns; column++)
                    WriteValue(json, row, column);
                json.WriteEndObject();
                EndLine(json, target);
                rows++;
            }
        }

        return rows;
    }

    /// <summary>Reads rows into an empty registry, inside one transaction.</summary>
    /// <returns>How many rows.</returns>
    /// <exception cref="ExperimentsException">EXP7021: a line is not what it should be.</exception>
    public static long Read(Database database, TextReader source)
    {
        var columns = Tables(database).ToDictionary(t => t, t => Columns(database, t));
        var number = 0L;
        while (source.ReadLine() is { } line)
        {
            number++;
            try
            {
                using var json = JsonDocument.Parse(line);
                if (number == 1)
                    RefuseOtherFormats(database, json.RootElement);
                else
                    ReadRow(database, columns, json.RootElement);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or SqliteFailure { IsStatementOnly: true })
            {
                throw new ExperimentsException("EXP7021", string.Create(CultureInfo.InvariantCulture, $"expected line {number} to be a row of a registry, got: {error.Message.TrimEnd('.')}"),
                    "import what `registry export` wrote, unchanged; nothing was imported", cause: error);
            }
        }

        if (number == 0)
            throw new ExperimentsException("EXP7021", "expected an exported registry, got nothing", "import what `registry export` wrote, unchanged; nothing was imported");
        return number - 1;
    }

    private static void RefuseOtherFormats(Database database, JsonElement header)
    {
        var (format, version, known) = (header.GetProperty("format").GetString(), header.GetProperty("version").GetInt64(), database.Scalar("PRAGMA user_version"));
        if (format != Format || version != known)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"format `{format}` version {version}, where this program reads `{Format}` version {known}"));
    }

    private static void ReadRow(Database database, Dictionary<string, List<string>> tables, JsonElement line)
    {
        var row = line.EnumerateObject().Single();
        var values = row.Value.EnumerateObject().ToList();
        var known = tables[row.Name];
        if (values.Find(v => !known.Contains(v.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            throw new FormatException($"`{row.Name}` has no column `{unknown.Name}`");
        var insert = database.Composed($"INSERT INTO {row.Name} ({string.Join(", ", values.Select(v => $"\"{v.Name}\""))}) VALUES ({string.Join(", ", values.Select(_ => "?"))})");
        foreach (var value in values)
            Bind(insert, value.Value);
        insert.Run();
    }

    private static void WriteValue(Utf8JsonWriter json, Statement row, int column)
    {
        json.WritePropertyName(row.Name(column));
        switch (row.Type(column))
        {
            case raw.SQLITE_INTEGER:
                json.WriteNumberValue(row.Int64(column));
                break;
            case raw.SQLITE_FLOAT when double.IsFinite(row.Value(column)):
                var text = row.Value(column).ToString("R", CultureInfo.InvariantCulture);
                json.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0", skipInputValidation: true);
                break;
            case raw.SQLITE_FLOAT:
                json.WriteStartObject();
                json.WriteString("real", row.Value(column).ToString(CultureInfo.InvariantCulture));
                json.WriteEndObject();
                break;
            case raw.SQLITE_BLOB:
                json.WriteStartObject();
                json.WriteString("hex", Convert.ToHexStringLower(row.Blob(column)));
                json.WriteEndObject();
                break;
            case raw.SQLITE_NULL:
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(row.Text(column));
                break;
        }
    }

    private static void Bind(Statement statement, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                statement.BindNull();
                break;
            case JsonValueKind.String:
                statement.Bind(value.GetString());
                break;
            case JsonValueKind.Number when value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E'):
                statement.Bind(value.GetDouble());
                break;
            case JsonValueKind.Number:
                statement.Bind(value.GetInt64());
                break;
            case JsonValueKind.Object when value.TryGetProperty("hex", out var hex):
                statement.BindBlob(Convert.FromHexString(hex.GetString()!));
                break;
            case JsonValueKind.Object when value.TryGetProperty("real", out var real):
                statement.Bind(double.Parse(real.GetString()!, CultureInfo.InvariantCulture));
                break;
            default:
                throw new FormatException($"{value.ValueKind} where a value should be");
        }
    }

    private static void EndLine(Utf8JsonWriter json, Stream target)
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        target.WriteByte((byte)'\n');
    }

    private static List<string> Tables(Database database) => Texts(database["maintain.tables"]);

    private static List<string> Columns(Database database, string table) => Texts(database["maintain.columns"].Bind(table));

    private static List<string> Texts(Statement rows)
    {
        var texts = new List<string>();
        using (rows)
        {
            while (rows.Step())
                texts.Add(rows.Text(0));
        }

        return texts;
    }
}
