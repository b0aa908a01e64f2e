using System.CommandLine;
using System.Globalization;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>limit</c>: how many runs of an experiment are under way at a time.</summary>
internal sealed class LimitCommand : ExperimentCommand
{
    private readonly Argument<string> _experiment = Syntax.Experiment();
    private readonly Argument<string> _limit = new("N") { Description = "A whole number of 1 or more, or `none`" };

    public LimitCommand(CommandContext context)
        : base("limit", "Limit how many runs of an experiment are under way at a time, over all workers", context)
    {
        Add(_experiment);
        Add(_limit);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var limit = Read(parsed.GetRequiredValue(_limit));
        await using var registry = await session.OpenRegistryToChangeAsync().ConfigureAwait(false);
        var target = await ExperimentChoice.RequireAsync(registry, parsed.GetRequiredValue(_experiment), cancel).ConfigureAwait(false);
        await registry.LimitAsync(target.Name, limit, cancel).ConfigureAwait(false);
        ExperimentChoice.Write(session, target with { RunningMax = limit });
        return ExitCode.Success;
    }

    private static int? Read(string text)
    {
        if (text == "none")
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : throw new ExperimentsException("EXP8101", $"expected N to be a whole number of 1 or more, or `none`, got `{text}`", "`limit classifier 4` or `limit classifier none`");
    }
}
