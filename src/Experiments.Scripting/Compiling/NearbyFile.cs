using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.Compiling;

/// <summary>A file that analyzers may read. One that they did read is an input of the compiled script.</summary>
internal sealed class NearbyFile(string path) : AdditionalText
{
    private readonly Lock _lock = new();
    private SourceText? _text;

    /// <inheritdoc/>
    public override string Path => path;

    /// <summary>The hash of what was read; <see langword="null"/>: nobody asked, or it can't be read.</summary>
    public ContentHash? Hash { get; private set; }

    /// <inheritdoc/>
    public override SourceText? GetText(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_text is not null)
                return _text;
            try
            {
                var bytes = File.ReadAllBytes(path);
                Hash = ContentHash.Compute(bytes);
                return _text = SourceText.From(bytes, bytes.Length);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // What can't be read, or is no text, can't be checked against.
                return null;
            }
        }
    }
}
