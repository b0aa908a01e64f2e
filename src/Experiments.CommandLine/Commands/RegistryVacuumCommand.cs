using System.CommandLine;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>registry vacuum</c>: gives space back.</summary>
internal sealed class RegistryVacuumCommand(CommandContext context)
    : ExperimentCommand("vacuum", "Rewrite the registry without its gaps; others wait meanwhile", context)
{
    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using (await session.OpenRegistryToChangeAsync().ConfigureAwait(false))
        {
            var (before, after) = await SqliteRegistry.VacuumAsync(session.Root, cancel).ConfigureAwait(false);
            session.Tell($"{Words.Bytes(before)} before, {Words.Bytes(after)} after", json =>
            {
                json.WriteNumber("before"u8, before);
                json.WriteNumber("after"u8, after);
            });
        }

        return ExitCode.Success;
    }
}
