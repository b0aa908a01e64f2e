using System.CommandLine;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>pause</c> and <c>resume</c>: whether runs of an experiment are started.</summary>
internal sealed class PauseCommand : ExperimentCommand
{
    private readonly Argument<string> _experiment = Syntax.Experiment();
    private readonly bool _paused;

    public PauseCommand(CommandContext context, bool paused)
        : base(paused ? "pause" : "resume", paused ? "Start no more runs of an experiment; running ones go on" : "Start runs of a paused experiment again", context)
    {
        _paused = paused;
        Add(_experiment);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenRegistryToChangeAsync().ConfigureAwait(false);
        var target = await ExperimentChoice.RequireAsync(registry, parsed.GetRequiredValue(_experiment), cancel).ConfigureAwait(false);
        await registry.PauseAsync(target.Name, _paused, cancel).ConfigureAwait(false);
        ExperimentChoice.Write(session, target with { Paused = _paused });
        return ExitCode.Success;
    }
}
