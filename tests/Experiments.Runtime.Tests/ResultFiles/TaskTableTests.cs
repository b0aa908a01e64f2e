using System.Text;
using Experiments.Runtime.ResultFiles;

namespace Experiments.Runtime.Tests.ResultFiles;

public sealed class TaskTableTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("experiments-");

    public void Dispose() => _directory.Delete(recursive: true);

    private string Table => Path.Combine(_directory.FullName, "text_results.csv");

    [Fact]
    public async Task Columns_keep_their_places_and_new_ones_go_to_the_right()
    {
        await AppendAsync("a", ("loss", "1"), ("acc", "2"));
        await AppendAsync("b", ("acc", "4"), ("loss", "3"));
        await AppendAsync("c", ("energy", "6"), ("loss", "5"));

        Assert.Equal(["experiment_id,attempt,loss,acc,energy", "a,1,1,2,", "b,1,3,4,", "c,1,5,,6"], File.ReadAllLines(Table));
    }

    [Fact]
    public async Task The_same_execution_is_there_once_however_often_it_is_written()
    {
        await AppendAsync("a", ("loss", "1"));
        await AppendAsync("a", ("loss", "1"));

        Assert.Equal(2, File.ReadAllLines(Table).Length);
    }

    [Fact]
    public async Task The_same_run_and_attempt_at_another_time_is_another_execution()
    {
        await AppendAsync("a", ("started", "monday"), ("loss", "1"));
        await AppendAsync("a", ("started", "tuesday"), ("loss", "2"));
        await AppendAsync("a", ("started", "monday"), ("loss", "1"));

        Assert.Equal(["a,1,monday,1", "a,1,tuesday,2"], File.ReadAllLines(Table)[1..]);
    }

    [Theory]
    [InlineData("\uFEFFexperiment_id,attempt,started,note\r\na,1,,é\r\n", "")]
    [InlineData("experiment_id,attempt,started,note\na,1,,caf\u00e9\n", "latin1")]
    [InlineData("experiment_id,attempt,started,note\na,1,,first\na,2,,mine\n", "without the last end")]
    [InlineData("experiment_id,attempt,started,note\na,1,,6\"\na,2,,\"open\na,3,,x\n", "")]
    public async Task What_others_made_of_the_table_stays_in_it(string table, string how)
    {
        var before = how == "latin1" ? Encoding.Latin1.GetBytes(table) : Encoding.UTF8.GetBytes(table);
        File.WriteAllBytes(Table, how == "without the last end" ? before[..^1] : before);

        await AppendAsync("b", ("started", ""), ("note", "ü"));
        Assert.Equal([.. before, .. "b,1,,ü\n"u8], File.ReadAllBytes(Table));

        await AppendAsync("c", ("started", ""), ("new", "1"));
        var made = Cells(File.ReadAllBytes(Table));
        Assert.Equal(["c", "1", "", "", "1"], made[^1]);
        Assert.Equal(Cells(before), made.Take(made.Count - 2).Select(r => r.Take(4)));

        static IReadOnlyList<IReadOnlyList<string>> Cells(byte[] table) => CsvText.Read(Encoding.Latin1.GetString(table), out _);
    }

    [Fact]
    public async Task A_line_that_a_kill_tore_is_replaced()
    {
        await AppendAsync("a", ("note", "é"));
        await File.AppendAllTextAsync(Table, "b,1,\"un");
        await AppendAsync("b", ("note", "unhurt"));

        Assert.Equal(["experiment_id,attempt,note", "a,1,é", "b,1,unhurt"], File.ReadAllLines(Table));
    }

    [Fact]
    public async Task Values_are_quoted_where_the_format_asks_for_it()
    {
        const string value = "a \"b\", c\nd";
        await AppendAsync("a", ("note", value));
        await AppendAsync("b", ("note", ""));

        Assert.Equal(value, CsvText.Read(await File.ReadAllTextAsync(Table), out _)[1][2]);
        Assert.Equal(3, CsvText.Read(await File.ReadAllTextAsync(Table), out _).Count);
    }

    [Fact]
    public async Task Many_write_at_once_and_nothing_is_lost_or_torn()
    {
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => AppendAsync($"run{i}", ("value", new string('x', 5000)), ($"column{i % 3}", "1")))));

        var records = CsvText.Read(await File.ReadAllTextAsync(Table), out var whole);
        Assert.Equal(new FileInfo(Table).Length, whole);
        Assert.Equal(60, records.Skip(1).Select(r => r[0]).Distinct().Count());
        Assert.All(records.Skip(1), r => Assert.Equal(new string('x', 5000), r[2]));
        Assert.Equal(6, records[0].Count);
    }

    private Task AppendAsync(string id, params (string, string)[] cells) => TaskTable.AppendAsync(Table, cells.Any(c => c.Item1 == "started") ? ["experiment_id", "attempt", "started"] : ["experiment_id", "attempt"], [("experiment_id", id), ("attempt", "1"), .. cells]);
}
