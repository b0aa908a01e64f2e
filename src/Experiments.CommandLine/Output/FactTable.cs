using Experiments.Runtime;
using Spectre.Console;

namespace Experiments.CommandLine;

/// <summary>Names and values of one thing, below each other.</summary>
internal sealed class FactTable
{
    private readonly Table _table = new Table().NoBorder().HideHeaders()
        .AddColumn(new TableColumn("").NoWrap().Padding(0, 0, 2, 0)).AddColumn(new TableColumn("").Padding(0, 0, 0, 0));

    /// <summary>Adds a value.</summary>
    public void Add(string name, Cell value) => _table.AddRow(new Text(name, Looks.Quiet), new Text(PlainText.OneLine(value.Text), value.Style));

    /// <summary>Adds values under one name; no row when there are none.</summary>
    public void AddAll(string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            Add(name, value);
            name = "";
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(Terminal terminal) => terminal.Console.Write(_table);
}
