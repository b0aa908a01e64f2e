using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.CommandLine;

/// <summary>A table in the look of all commands: no lines, a quiet header, two spaces between columns; the same text in a pipe, without colour.</summary>
internal sealed class ListTable
{
    private static readonly Style Header = new(decoration: Decoration.Dim);

    private readonly Table _table = new Table().NoBorder().HideFooters();

    /// <summary>Adds a column. Texts never wrap, and numbers stand at the right.</summary>
    public ListTable Column(string name, bool number = false)
    {
        var column = new TableColumn(new Text(name, Header)).NoWrap().Padding(0, 0, 2, 0);
        _table.AddColumn(number ? column.RightAligned() : column);
        return this;
    }

    /// <summary>Adds a row.</summary>
    public void Row(params ReadOnlySpan<Cell> cells)
    {
        var texts = new IRenderable[cells.Length];
        for (var i = 0; i < cells.Length; i++)
            texts[i] = new Text(cells[i].Text, cells[i].Style);
        _table.AddRow(texts);
    }

    /// <summary>Writes it.</summary>
    public void Write(Terminal terminal)
    {
        _table.Columns[^1].Padding(0, 0, 0, 0);
        terminal.Console.Write(_table);
    }
}

/// <summary>A cell: its text, literally (run ids are never markup), and its look on a terminal.</summary>
internal readonly record struct Cell(string Text, Style? Style = null)
{
    public static implicit operator Cell(string text) => new(text);
}
