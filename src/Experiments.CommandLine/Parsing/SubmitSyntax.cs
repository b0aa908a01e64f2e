using System.CommandLine;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>The options that <c>run</c> and <c>submit</c> share: what becomes of runs, known ones above all.</summary>
internal sealed class SubmitSyntax
{
    private readonly Option<bool> _skipExisting = Syntax.Flag("--skip-existing", "Leave every known run as it is, failed ones too");
    private readonly Option<bool> _rerun = Syntax.Flag("--rerun", "Run completed, failed and cancelled runs again");
    private readonly Option<bool> _force = Syntax.Flag("--force", "As --rerun, and replace configurations that changed under the same id");
    private readonly Option<Setting<int>?> _priority = Syntax.Number("--priority", "Priority of every run, larger first, instead of the planned one", min: 0, max: PlannedRun.PriorityMax);
    private readonly Option<string[]> _tags = Syntax.Words("--tag", "TAG", "Tag put on every run, besides the planned ones");

    public void AddTo(Command command)
    {
        command.Add(_skipExisting);
        command.Add(_rerun);
        command.Add(_force);
        command.Add(_priority);
        command.Add(_tags);
    }

    /// <exception cref="ExperimentsException">EXP8101: options that exclude each other.</exception>
    public SubmitOptions Read(ParseResult parsed)
    {
        var modes = new[] { (_skipExisting, Known.SkipExisting), (_rerun, Known.Rerun), (_force, Known.Force) }.Where(m => parsed.GetValue(m.Item1)).ToList();
        if (modes.Count > 1)
            throw new ExperimentsException("EXP8101", $"expected one of {Words.List([.. modes.Select(m => m.Item1.Name)])}, got {modes.Count}", "each says what happens to known runs: choose one");
        return new SubmitOptions
        {
            Known = modes is [var (_, known)] ? known : Known.Resume,
            Priority = parsed.GetValue(_priority)?.Value,
            Tags = [.. parsed.GetValue(_tags) ?? []],
        };
    }
}
