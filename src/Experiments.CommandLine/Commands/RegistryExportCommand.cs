using System.CommandLine;

namespace Experiments.CommandLine;

/// <summary><c>registry export</c>: everything as JSON Lines.</summary>
internal sealed class RegistryExportCommand : ExperimentCommand
{
    private readonly Argument<string?> _file = new("FILE") { Description = "Where to; default: standard output", Arity = ArgumentArity.ZeroOrOne };

    public RegistryExportCommand(CommandContext context)
        : base("export", "Write everything as JSON Lines, losslessly, while others work", context) => Add(_file);

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        var file = parsed.GetValue(_file);
        await using var target = file is null ? Console.OpenStandardOutput() : Create(file);
        await using var buffered = new BufferedStream(target, 1 << 16);
        var rows = await registry.ExportAsync(buffered, cancel).ConfigureAwait(false);
        var said = $"{Words.Count(rows, "row")} exported";
        if (file is null)
            session.Terminal.Advise(said);
        else
            session.Tell(said, json => json.WriteNumber("rows"u8, rows));
        return ExitCode.Success;
    }

    private static FileStream Create(string file)
    {
        try
        {
            return new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new ExperimentsException("EXP7020", $"expected `{file}` to be free for the export, got a file", "name another file, or move that one away");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Unwritable(file, error);
        }
    }
}
