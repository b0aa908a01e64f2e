using System.Buffers;
using System.Text;

namespace Experiments.CommandLine;

/// <summary>Takes UTF-8 and writes it as text, piece by piece: a long document is never in memory as a whole.</summary>
internal sealed class Utf8Text(TextWriter writer) : IBufferWriter<byte>
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private byte[] _bytes = new byte[16 * 1024];
    private char[] _chars = new char[16 * 1024];

    public void Advance(int count)
    {
        // One that straddles two pieces comes with the second.
        if (_chars.Length <= count)
            _chars = new char[count + 1];
        writer.Write(_chars, 0, _decoder.GetChars(_bytes, 0, count, _chars, 0));
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length < sizeHint)
            _bytes = new byte[sizeHint];
        return _bytes;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
