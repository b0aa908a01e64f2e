using System.CommandLine;

namespace Experiments.CommandLine;

/// <summary><c>registry backup</c>: a copy, while others work.</summary>
internal sealed class RegistryBackupCommand : ExperimentCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The copy; must not be there yet" };

    public RegistryBackupCommand(CommandContext context)
        : base("backup", "Copy the registry while others work", context) => Add(_file);

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        var path = Path.GetFullPath(parsed.GetRequiredValue(_file));
        try
        {
            await registry.BackupAsync(path, cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.Unwritable(path, error);
        }

        var bytes = new FileInfo(path).Length;
        session.Tell($"{Words.Bytes(bytes)} in {path}", json =>
        {
            json.WriteString("file"u8, path);
            json.WriteNumber("bytes"u8, bytes);
        });
        return ExitCode.Success;
    }
}
