using Experiments.Runtime;
using Spectre.Console;

namespace Experiments.CommandLine;

/// <summary>A table in the look of all commands: no lines, a quiet header, two spaces between columns; the same text in a pipe, without colour.</summary>
internal sealed class ListTable
{
    private const int Gap = 2;

    /// <summary>A column that would be narrower is left out.</summary>
    private const int WidthMin = 8;

    /// <summary>Rows that a person scrolls through; programs read all.</summary>
    private const int RowsOnScreenMax = 1000;

    private readonly List<Heading> _columns = [];
    private readonly List<Cell[]> _rows = [];

    /// <summary>Adds a column. Texts never wrap, and numbers stand at the right.</summary>
    public ListTable Column(string name, bool number = false)
    {
        _columns.Add(new Heading(name, number) { Width = WidthOf(name) });
        return this;
    }

    /// <summary>Adds a row.</summary>
    public void Row(params ReadOnlySpan<Cell> cells)
    {
        var row = cells.ToArray();
        for (var i = 0; i < row.Length; i++)
        {
            if (PlainText.OneLine(row[i].Text) is var text && !ReferenceEquals(text, row[i].Text))
                row[i] = row[i] with { Text = text };
            _columns[i].Width = Math.Max(_columns[i].Width, WidthOf(text));
        }

        _rows.Add(row);
    }

    /// <summary>Writes it.</summary>
    public void Write(Terminal terminal)
    {
        var widths = Fit(terminal.Width);
        Line(_columns.ConvertAll(c => new Cell(c.Name, Looks.Quiet)).ToArray(), widths).Write(terminal);
        var shown = terminal.IsInteractive ? Math.Min(_rows.Count, RowsOnScreenMax) : _rows.Count;
        for (var i = 0; i < shown; i++)
            Line(_rows[i], widths).Write(terminal);
        if (shown < _rows.Count)
            terminal.WriteLine($"… and {Words.Number(_rows.Count - shown)} more, which a pipe or a file gets");
    }

    /// <summary>Widths of the columns that fit. What doesn't is cut at the right end, where the least important stands.</summary>
    private List<int> Fit(int room)
    {
        var widths = _columns.ConvertAll(c => c.Width);
        while (widths.Count > 1 && widths.Sum() + Gap * (widths.Count - 1) is var width && width > room)
        {
            var last = widths[^1] - (width - room);
            widths.RemoveAt(widths.Count - 1);
            if (last >= WidthMin && !_columns[widths.Count].Number)
                widths.Add(last);
        }

        return widths;
    }

    private StyledLine Line(Cell[] cells, List<int> widths)
    {
        var line = new StyledLine();
        var spaces = 0;
        for (var i = 0; i < widths.Count; i++)
        {
            var text = Cut(cells[i].Text, widths[i]);
            var padding = widths[i] - WidthOf(text);
            if (text.Length > 0)
            {
                line.Space(spaces + (_columns[i].Number ? padding : 0)).Add(text, cells[i].Style);
                spaces = 0;
            }

            // None at the end of a line.
            spaces += Gap + (text.Length == 0 ? widths[i] : _columns[i].Number ? 0 : padding);
        }

        return line;
    }

    private static string Cut(string text, int width) => WidthOf(text) <= width ? text : string.Concat(text.AsSpan(0, Math.Min(text.Length, width - 1)), "…");

    private static int WidthOf(string text) => System.Text.Ascii.IsValid(text) ? text.Length : text.GetCellWidth();

    private sealed record Heading(string Name, bool Number)
    {
        public int Width { get; set; }
    }
}

/// <summary>A cell: its text, literally (run ids are never markup), and its look on a terminal.</summary>
internal sealed record Cell(string Text, Style? Style = null)
{
    public static implicit operator Cell(string text) => new(text);
}
