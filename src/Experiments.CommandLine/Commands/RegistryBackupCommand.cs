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
        await registry.BackupAsync(path, cancel).ConfigureAwait(false);
        session.Terminal.Advise($"{Words.Bytes(new FileInfo(path).Length)} in {path}");
        return ExitCode.Success;
    }
}
