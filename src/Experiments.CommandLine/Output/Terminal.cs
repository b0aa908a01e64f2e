using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Experiments.CommandLine;

/// <summary>Where a command writes: results to <see cref="Out"/>, errors and advice to <see cref="Error"/>.</summary>
internal sealed class Terminal
{
    /// <summary>Width of a pipe: no line of ours is broken there.</summary>
    private const int PipeWidth = 100_000;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // On one line, for streams of documents.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private IAnsiConsole? _console;
    private (int Width, int Height)? _size;

    /// <summary>Nobody watches.</summary>
    public static Terminal Silent { get; } = new() { Out = TextWriter.Null, Error = TextWriter.Null };

    /// <summary>Standard output. Buffered: flush what must be seen at once.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether people read standard output on a screen whose cursor can be moved; otherwise it is a pipe or a file.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether standard output takes colours.</summary>
    public bool Colors { get; init; }

    /// <summary>Whether standard error takes colours.</summary>
    public bool ErrorColors { get; init; }

    /// <summary>Columns, as of the last <see cref="Measure"/>; a pipe has no limit.</summary>
    public int Width => (_size ??= Measure()).Width;

    /// <summary>Lines of the screen, as of the last <see cref="Measure"/>.</summary>
    public int Height => (_size ??= Measure()).Height;

    /// <summary>Spectre.Console on standard output. Loaded on first use: <c>--json</c> and errors never pay for it.</summary>
    public IAnsiConsole Console => _console ??= CreateConsole();

    /// <summary>Asks for the size of the screen, which people change; <see langword="null"/>: it has none.</summary>
    public Func<(int Width, int Height)>? Size { get; init; }

    /// <summary>The terminal or pipes of this process.</summary>
    public static Terminal Standard()
    {
        // `TERM=dumb` can't move its cursor; NO_COLOR (https://no-color.org) takes colours away, not the cursor.
        var capable = Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } term && term != "dumb";
        var colors = capable && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        var screen = capable && !System.Console.IsOutputRedirected;
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal
        {
            Out = new StreamWriter(System.Console.OpenStandardOutput(), utf8, bufferSize: 16 * 1024),
            Error = new StreamWriter(System.Console.OpenStandardError(), utf8) { AutoFlush = true },
            IsInteractive = screen,
            Colors = screen && colors,
            ErrorColors = colors && !System.Console.IsErrorRedirected,
            Size = screen ? () => (System.Console.WindowWidth, System.Console.WindowHeight) : null,
        };
    }

    /// <summary>Writes one JSON document and a line end to standard output.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write, bool compact = false)
    {
        try
        {
            using (var json = new Utf8JsonWriter(new Utf8Text(Out), compact ? Compact : Indented))
                write(json);
            Out.Write('\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Lost(error);
        }

        Flush();
    }

    /// <summary>Hands over what was written to standard output.</summary>
    /// <exception cref="ExperimentsException">EXP8108: it doesn't take all of it.</exception>
    public void Flush()
    {
        try
        {
            Out.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Lost(error);
        }
    }

    private static ExperimentsException Lost(Exception error) =>
        new("EXP8108", $"expected standard output to take all of the output, got: {error.Message.TrimEnd('.')}", "write it somewhere with more room", cause: error);

    /// <summary>Writes a line to standard output.</summary>
    public void WriteLine(string line = "")
    {
        Out.Write(line);
        Out.Write('\n');
    }

    /// <summary>Writes a line of advice to standard error, after what standard output holds.</summary>
    public void Advise(string line)
    {
        Flush();
        Error.Write(line);
        Error.Write('\n');
        Error.Flush();
    }

    /// <summary>Takes in the screen's present size.</summary>
    public (int Width, int Height) Measure()
    {
        var size = Size?.Invoke() is ({ } width and > 0, { } height and > 0) ? (width, height) : (PipeWidth, 24);
        if (_console is not null)
            (_console.Profile.Width, _console.Profile.Height) = size;
        _size = size;
        return size;
    }

    private IAnsiConsole CreateConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsInteractive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(IsInteractive ? Out : new TrimmingWriter(Out)),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Width;
        console.Profile.Height = Height;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
