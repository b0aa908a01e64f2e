using Experiments.Runtime;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.CommandLine;

/// <summary>A table in the look of all commands: no lines, a quiet header, two spaces between columns; the same text in a pipe, without colour.</summary>
internal sealed class ListTable
{
    private const int Gap = 2;

    /// <summary>A column that would be narrower is left out.</summary>
    private const int WidthMin = 8;

    private readonly List<Heading> _columns = [];
    private readonly List<Cell[]> _rows = [];

    /// <summary>Adds a column. Texts never wrap, and numbers stand at the right.</summary>
    public ListTable Column(string name, bool number = false)
    {
        _columns.Add(new Heading(name, number));
        return this;
    }

    /// <summary>Adds a row.</summary>
    public void Row(params ReadOnlySpan<Cell> cells)
    {
        var row = cells.ToArray();
        for (var i = 0; i < row.Length; i++)
            row[i] = row[i] with { Text = PlainText.OneLine(row[i].Text) };
        _rows.Add(row);
    }

    /// <summary>Writes it.</summary>
    public void Write(Terminal terminal)
    {
        var widths = Fit(terminal.Width);
        var table = new Table().NoBorder();
        for (var i = 0; i < widths.Count; i++)
        {
            var column = new TableColumn(new Text(Cut(_columns[i].Name, widths[i]), Looks.Quiet)).NoWrap().Padding(0, 0, i < widths.Count - 1 ? Gap : 0, 0);
            table.AddColumn(_columns[i].Number ? column.RightAligned() : column);
        }

        foreach (var row in _rows)
            table.AddRow(row.Take(widths.Count).Select((cell, i) => (IRenderable)new Text(Cut(cell.Text, widths[i]), cell.Style)));
        terminal.Console.Write(table);
    }

    /// <summary>Widths of the columns that fit. What doesn't is cut at the right end, where the least important stands.</summary>
    private List<int> Fit(int room)
    {
        var widths = _columns.Select((column, i) => _rows.Select(r => r[i].Text.GetCellWidth()).Append(column.Name.Length).Max()).ToList();
        while (widths.Count > 1 && widths.Sum() + Gap * (widths.Count - 1) is var width && width > room)
        {
            var last = widths[^1] - (width - room);
            widths.RemoveAt(widths.Count - 1);
            if (last >= WidthMin && !_columns[widths.Count].Number)
                widths.Add(last);
        }

        return widths;
    }

    private sealed record Heading(string Name, bool Number);

    private static string Cut(string text, int width) => text.GetCellWidth() <= width ? text : string.Concat(text.AsSpan(0, Math.Min(text.Length, width - 1)), "…");
}

/// <summary>A cell: its text, literally (run ids are never markup), and its look on a terminal.</summary>
internal sealed record Cell(string Text, Style? Style = null)
{
    public static implicit operator Cell(string text) => new(text);
}
