using Experiments.Runtime;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.CommandLine;

/// <summary>One line of differently styled pieces; cut with <c>…</c> where the terminal ends, never wrapped.</summary>
internal sealed class StyledLine : IRenderable
{
    private readonly List<(string Text, Style? Style)> _pieces = [];

    /// <summary>Adds a piece.</summary>
    public StyledLine Add(string text, Style? style = null)
    {
        _pieces.Add((PlainText.OneLine(text), style));
        return this;
    }

    /// <summary>Adds white space.</summary>
    public StyledLine Space(int count) => count == 0 ? this : Add(new string(' ', count));

    /// <summary>Writes it; a pipe gets the text as it is.</summary>
    public void Write(Terminal terminal)
    {
        if (terminal.IsInteractive)
        {
            terminal.Console.Write(this);
            return;
        }

        foreach (var (text, _) in _pieces)
            terminal.Out.Write(text);
        terminal.WriteLine();
    }

    public Measurement Measure(RenderOptions options, int maxWidth)
    {
        var width = Math.Min(Segment.CellCount(Segments()), maxWidth);
        return new Measurement(width, width);
    }

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var pieces = Segments();
        if (Segment.CellCount(pieces) <= maxWidth)
            return [.. pieces, Segment.LineBreak];
        var cut = new List<Segment>();
        var room = maxWidth - 1;
        foreach (var piece in pieces)
        {
            if (piece.CellCount() > room)
            {
                cut.Add(new Segment(piece.Split(room).First.Text + "…", piece.Style));
                break;
            }

            cut.Add(piece);
            room -= piece.CellCount();
        }

        return [.. cut, Segment.LineBreak];
    }

    private List<Segment> Segments() => _pieces.ConvertAll(p => new Segment(p.Text, p.Style ?? Style.Plain));
}
