using System.CommandLine;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary><c>registry import</c>: what was exported, into a new results root.</summary>
internal sealed class RegistryImportCommand : ExperimentCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "What `registry export` wrote" };

    public RegistryImportCommand(CommandContext context)
        : base("import", "Read what was exported into a results root without runs", context) => Add(_file);

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(_file);
        if (!File.Exists(file))
            throw new ExperimentsException("EXP7021", $"expected `{file}` to be an exported registry, got no file", "`registry export FILE` writes one", ExitCode.NotFound);
        await using var registry = await session.OpenRegistryAsync().ConfigureAwait(false);
        using var source = new StreamReader(file);
        var rows = await registry.ImportAsync(source, cancel).ConfigureAwait(false);
        RunViews.Rebuild(session.Root, await registry.ListAsync(RunFilter.All, cancel).ConfigureAwait(false));
        session.Tell($"{Words.Count(rows, "row")} imported", json => json.WriteNumber("rows"u8, rows));
        return ExitCode.Success;
    }
}
