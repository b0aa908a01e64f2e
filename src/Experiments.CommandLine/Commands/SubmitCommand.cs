using System.CommandLine;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary><c>submit</c>: queue only.</summary>
internal sealed class SubmitCommand : ExperimentCommand
{
    private readonly Argument<string> _target;
    private readonly OverridesArgument _overrides = new();
    private readonly SubmitSyntax _submit = new();

    public SubmitCommand(CommandContext context)
        : base("submit", "Queue runs for workers", context)
    {
        Add(_target = Syntax.Target(context));
        Add(_overrides);
        _submit.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var plan = session.Plan(parsed.GetRequiredValue(_target), parsed.GetValue(_overrides) ?? [], this);
        PlanSecrets.Require(plan);
        await using var registry = await session.OpenRegistryAsync().ConfigureAwait(false);
        var report = await registry.SubmitAsync(plan, _submit.Read(parsed), cancel).ConfigureAwait(false);
        (string Name, IReadOnlyList<string> Ids)[] lists =
            [("added", report.Added), ("requeued", report.Requeued), ("waiting", report.Waiting), ("done", report.Done), ("left", report.Left)];
        if (session.Json)
        {
            session.Terminal.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("target"u8, plan.Target);
                json.WriteNumber("count"u8, plan.Runs.Length);
                foreach (var (name, ids) in lists)
                    json.WriteStrings(name, ids);
                json.WriteEndObject();
            });
            return ExitCode.Success;
        }

        (string, int)[] counts =
        [
            ("new", report.Added.Count), ("queued again", report.Requeued.Count), ("waiting already", report.Waiting.Count),
            ("done already, skipped", report.Done.Count), ("left as they are", report.Left.Count),
        ];
        session.Terminal.WriteLine($"{plan.Target}: {Words.Count(plan.Runs.Length, "run")}, {string.Join(", ", counts.Where(c => c.Item2 > 0).Select(c => $"{Words.Number(c.Item2)} {c.Item1}"))}");
        if (report.Added.Count + report.Requeued.Count > 0)
            session.Terminal.Advise("`worker` executes them");
        return ExitCode.Success;
    }
}
