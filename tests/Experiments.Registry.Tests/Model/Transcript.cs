using System.Collections;
using System.Globalization;
using System.Text;

namespace Experiments.Registry.Tests.Model;

/// <summary>Results as text, so that two registries can be compared and a difference read.</summary>
internal static class Transcript
{
    public static string Of(object? value) => value switch
    {
        null => "-",
        string text => text,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ReadOnlyMemory<byte> bytes => Encoding.UTF8.GetString(bytes.Span),
        ExperimentDefinition definition => $"{definition.Name}/{definition.Launch.Target}",
        RunRecord run => Fields(run.Id, run.Experiment, run.Status, run.Attempts, run.Priority, run.Tags, run.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={Of(m.Value)}"),
            run.Created, run.Started, run.Ended, run.Category, run.Message, run.BlockedBy, run.Config),
        RunDetails details => Fields(details.Run, details.Definition, details.Hash, details.Attempts, details.Inputs, details.UsedBy),
        RunEvents events => Fields(events.Count, events.Latest),
        AttemptRecord attempt => Fields(attempt.Number, attempt.Epoch, attempt.Outcome, attempt.WorkerId, attempt.Host, attempt.Pid, attempt.Started, attempt.Ended, attempt.ExitCode, attempt.Signal, attempt.Category, attempt.Message, attempt.Counts, attempt.Requeued, attempt.Config),
        NodeFailure failure => Fields(failure.RunId, failure.Gpus, failure.Ended, failure.Message),
        RunEvent happened => Fields(happened.Name, happened.Data, happened.Time),
        MetricPoint point => Fields(point.Metric, point.Step, point.Value, point.Time),
        WorkerRecord worker => Fields(worker.Id, worker.Host, worker.Process, worker.Slots, worker.Seen, worker.Running.Order(StringComparer.Ordinal)),
        ClaimedRun run => Fields(run.Lease, run.RunId, run.Attempt, run.Failures, run.Experiment, run.Config, run.Declared, run.Inputs),
        OrphanedAttempt orphan => Fields(orphan.Lease, orphan.Run, orphan.WorkerId, orphan.Process, orphan.Unpublished, orphan.ReportsOffset, orphan.LossesBefore, orphan.Started),
        RegistryStatus status => Fields(status.Pending, status.Running, status.Completed, status.Failed, status.Cancelled, status.Blocked, status.Workers.OrderBy(w => w.Id, StringComparer.Ordinal)),
        SubmitReport report => Fields(report.Collection, report.Added, report.Requeued, report.Waiting, report.Done, report.Left),
        TargetRecord target => Fields(target.Name, target.IsExperiment, target.Runs, target.Paused, target.RunningMax),
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Of)) + "]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Fields(params object?[] fields) => "(" + string.Join(" ", fields.Select(Of)) + ")";
}
