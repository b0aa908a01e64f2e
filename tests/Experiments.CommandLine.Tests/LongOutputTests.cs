using System.Globalization;
using System.Text.Json;

namespace Experiments.CommandLine.Tests;

/// <summary>Tables and documents of any length.</summary>
public sealed class LongOutputTests
{
    private readonly StringWriter _out = new(CultureInfo.InvariantCulture);

    [Fact]
    public void A_pipe_gets_every_row_without_white_space_at_its_end()
    {
        Table(3000).Write(new Terminal { Out = _out, Error = TextWriter.Null });

        var lines = Lines();
        Assert.Equal(3001, lines.Length);
        Assert.Equal("run         number  note", lines[0]);
        Assert.Equal("sweep/0          0", lines[1]);
        Assert.Equal("sweep/2999    2999  last one", lines[^1]);
    }

    [Fact]
    public void A_person_gets_as_many_rows_as_one_can_scroll_through_and_how_many_more_there_are()
    {
        Table(3000).Write(Screen(100));

        var lines = Lines();
        Assert.Equal(1002, lines.Length);
        Assert.Equal("sweep/999      999", lines[^2].Replace("\e[0m", "", StringComparison.Ordinal));
        Assert.Equal("… and 2,000 more, which a pipe or a file gets", lines[^1]);
    }

    [Fact]
    public void A_narrow_screen_leaves_out_what_does_not_fit()
    {
        var table = new ListTable().Column("run").Column("number", number: true).Column("note");
        table.Row("sweep/0", "1", new Cell("語語語 and more", Looks.Quiet));
        table.Row("", "2", "");

        table.Write(Screen(26));

        Assert.Equal(["\e[2mrun\e[0m      \e[2mnumber\e[0m  \e[2mnote\e[0m", "sweep/0       1  \e[2m語語語 a…\e[0m", "              2"], Lines());
    }

    [Fact]
    public void A_document_is_written_piece_by_piece_and_whole()
    {
        string[] texts = [.. Enumerable.Range(0, 5000).Select(i => string.Concat(Enumerable.Repeat("aé語😀", i % 11))), new string('語', 100_000)];

        new Terminal { Out = _out, Error = TextWriter.Null }.WriteJson(json => JsonSerializer.Serialize(json, texts));

        Assert.Equal(texts, JsonSerializer.Deserialize<string[]>(_out.ToString()));
    }

    private static ListTable Table(int rows)
    {
        var table = new ListTable().Column("run").Column("number", number: true).Column("note");
        for (var i = 0; i < rows; i++)
            table.Row(string.Create(CultureInfo.InvariantCulture, $"sweep/{i}"), i.ToString(CultureInfo.InvariantCulture), i == rows - 1 ? "last one" : "");
        return table;
    }

    private Terminal Screen(int width) => new() { Out = _out, Error = TextWriter.Null, IsInteractive = true, Colors = true, Size = () => (width, 30) };

    private string[] Lines() => _out.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
