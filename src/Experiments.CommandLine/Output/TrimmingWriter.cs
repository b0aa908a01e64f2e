using System.Text;

namespace Experiments.CommandLine;

/// <summary>Leaves out white space at the ends of lines: tables pad their last column, which a pipe has no use for.</summary>
internal sealed class TrimmingWriter(TextWriter inner) : TextWriter
{
    private int _spaces;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        switch (value)
        {
            case ' ':
                _spaces++;
                return;
            case '\n':
                _spaces = 0;
                break;
            case '\r':
                return;
            default:
                for (; _spaces > 0; _spaces--)
                    inner.Write(' ');
                break;
        }

        inner.Write(value);
    }

    public override void Write(string? value)
    {
        foreach (var character in value ?? "")
            Write(character);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        foreach (var character in buffer.AsSpan(index, count))
            Write(character);
    }

    public override void Flush() => inner.Flush();
}
