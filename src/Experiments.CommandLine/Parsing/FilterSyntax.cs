using System.CommandLine;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>The options that choose runs by what they are.</summary>
internal sealed class FilterSyntax
{
    private readonly Option<string?> _experiment = Syntax.Word("--experiment", "NAME", "Only runs of this experiment");
    private readonly Option<string?> _tag = Syntax.Word("--tag", "TAG", "Only runs with this tag");
    private readonly Option<Setting<RunStatus>?> _status = Syntax.Choice("--status", "STATUS", "Only pending, running, completed, failed or cancelled runs",
        ["pending", "running", "completed", "failed", "cancelled"], [RunStatus.Pending, RunStatus.Running, RunStatus.Completed, RunStatus.Failed, RunStatus.Cancelled]);

    public void AddTo(Command command, bool status)
    {
        if (status)
            command.Add(_status);
        command.Add(_experiment);
        command.Add(_tag);
    }

    /// <summary>Narrows a filter.</summary>
    /// <exception cref="ExperimentsException">EXP8102: neither the program nor the registry knows the experiment.</exception>
    public async Task<RunFilter> ReadAsync(ParseResult parsed, Session session, IRegistry registry, RunFilter filter, CancellationToken cancel) => filter with
    {
        Status = parsed.GetValue(_status) is { Value: var status } ? [status] : filter.Status,
        Experiment = parsed.GetValue(_experiment) is { } name ? await ExperimentChoice.NameAsync(session, registry, name, cancel).ConfigureAwait(false) : filter.Experiment,
        Tag = parsed.GetValue(_tag) ?? filter.Tag,
    };
}
