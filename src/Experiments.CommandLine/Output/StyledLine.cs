using Experiments.Runtime;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.CommandLine;

/// <summary>One line of differently styled pieces; cut with <c>…</c> where the terminal ends, never wrapped.</summary>
internal sealed class StyledLine : IRenderable
{
    private readonly List<Segment> _pieces = [];

    /// <summary>Adds a piece.</summary>
    public StyledLine Add(string text, Style? style = null)
    {
        _pieces.Add(new Segment(PlainText.OneLine(text), style ?? Style.Plain));
        return this;
    }

    public Measurement Measure(RenderOptions options, int maxWidth)
    {
        var width = Math.Min(Segment.CellCount(_pieces), maxWidth);
        return new Measurement(width, width);
    }

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        if (Segment.CellCount(_pieces) <= maxWidth)
            return [.. _pieces, Segment.LineBreak];
        var cut = new List<Segment>();
        var room = maxWidth - 1;
        foreach (var piece in _pieces)
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
}
