using Experiments.Registry;
using Experiments.Runtime.Failures;

namespace Experiments.Runtime.Tests.Failures;

public sealed class RetriesTests
{
    private static readonly AttemptRecord Some = new() { Number = 1, Epoch = 1, Outcome = AttemptOutcome.Failed, WorkerId = "w", Host = "h", Started = DateTimeOffset.UnixEpoch, Counts = true };
    private static readonly AttemptRecord Requeue = Some with { Requeued = true, Category = "node-failure" };

    [Theory]
    [InlineData(FailureCategory.Unknown, FailureAction.Retry)]
    [InlineData(FailureCategory.OutOfMemory, FailureAction.Remedy)]
    [InlineData(FailureCategory.HostOutOfMemory, FailureAction.Remedy)]
    [InlineData(FailureCategory.Configuration, FailureAction.Fail)]
    [InlineData(FailureCategory.Data, FailureAction.Retry)]
    [InlineData(FailureCategory.ModelLoad, FailureAction.Retry)]
    [InlineData(FailureCategory.Communication, FailureAction.Retry)]
    [InlineData(FailureCategory.Timeout, FailureAction.Retry)]
    [InlineData(FailureCategory.Stall, FailureAction.Retry)]
    [InlineData(FailureCategory.NodeFailure, FailureAction.Requeue)]
    [InlineData(FailureCategory.DiskFull, FailureAction.Requeue)]
    [InlineData(FailureCategory.Crash, FailureAction.Retry)]
    public void Every_category_leads_to_an_action(FailureCategory category, FailureAction action) => Assert.Equal(action, Retries.ActionOf(category));

    [Theory]
    [InlineData(0, 2.0)]
    [InlineData(1, 4.0)]
    [InlineData(2, 8.0)]
    public void The_wait_before_retry_n_is_the_base_to_the_power_of_n_give_or_take_a_tenth(int used, double seconds)
    {
        var end = Decide(FailureCategory.Crash, new RetryPolicy { Limit = 3 }, Times(used, Some));

        Assert.Equal((RunStatus.Pending, true, false), (end.Next, end.Counts, end.Requeued));
        Assert.InRange(end.Delay.TotalSeconds, seconds * 0.9, seconds * 1.1);
    }

    [Fact]
    public void A_used_up_number_of_retries_fails_the_run() =>
        Assert.Equal(RunStatus.Failed, Decide(FailureCategory.Crash, new RetryPolicy { Limit = 3 }, Times(3, Some)).Next);

    [Fact]
    public void A_category_with_its_own_number_uses_up_no_other()
    {
        var policy = new RetryPolicy { Limit = 1, Budgets = [new RetryBudget(FailureCategory.Communication, 2)] };
        var network = Some with { Category = "communication" };

        Assert.Equal(RunStatus.Pending, Decide(FailureCategory.Crash, policy, Times(2, network)).Next);
        Assert.Equal(RunStatus.Failed, Decide(FailureCategory.Communication, policy, Times(2, network)).Next);
        Assert.Equal(RunStatus.Pending, Decide(FailureCategory.Communication, policy, [.. Times(1, network), Some]).Next);
        Assert.Equal(RunStatus.Failed, Decide(FailureCategory.Crash, policy, [.. Times(2, network), Some]).Next);
    }

    [Fact]
    public void What_is_not_the_runs_fault_uses_up_no_retry_and_has_an_end_too()
    {
        Assert.True(Decide(FailureCategory.NodeFailure, new RetryPolicy(), Times(4, Requeue)) is { Next: RunStatus.Pending, Requeued: true });
        Assert.Equal(RunStatus.Failed, Decide(FailureCategory.NodeFailure, new RetryPolicy(), Times(5, Requeue)).Next);
        Assert.Equal(RunStatus.Pending, Decide(FailureCategory.Crash, new RetryPolicy { Limit = 1 }, Times(5, Requeue)).Next);
        Assert.Equal(RunStatus.Failed, Decide(FailureCategory.NodeFailure, new RetryPolicy { Budgets = [new RetryBudget(FailureCategory.NodeFailure, 0)] }, []).Next);
    }

    [Fact]
    public void A_configuration_error_is_never_tried_again_unless_a_rule_says_so()
    {
        var policy = new RetryPolicy { Limit = 3 };

        Assert.Equal(RunStatus.Failed, Decide(FailureCategory.Configuration, policy, []).Next);
        Assert.Equal(RunStatus.Pending, Decide(FailureCategory.Configuration, policy, [], FailureAction.Retry).Next);
        Assert.Equal(RunStatus.Failed, Decide(FailureCategory.Crash, policy, [], FailureAction.Fail).Next);
    }

    [Fact]
    public void Running_out_of_memory_without_remedies_is_retried() =>
        Assert.Equal((RunStatus.Pending, true), Decide(FailureCategory.OutOfMemory, new RetryPolicy { Limit = 1 }, []) is var end ? (end.Next, end.Counts) : default);

    [Fact]
    public void A_run_that_loses_its_worker_three_times_in_a_row_is_put_into_quarantine()
    {
        Assert.Equal(RunStatus.Pending, Retries.Lost(1).Next);
        Assert.Equal((RunStatus.Failed, "worker-lost", "quarantined: its worker was lost 3 times in a row while executing it; `retry` releases it"),
            Retries.Lost(2) is var end ? (end.Next, end.Category, end.Message) : default);
    }

    private static AttemptRecord[] Times(int count, AttemptRecord attempt) => [.. Enumerable.Repeat(attempt, count)];

    private static AttemptEnd Decide(FailureCategory category, RetryPolicy policy, AttemptRecord[] earlier, FailureAction? action = null)
    {
        var definition = new ExperimentDefinition { Name = "x", IdTemplate = "{hash}", Launch = new Launch { Kind = LaunchKind.Method }, Retry = policy };
        var run = new ClaimedRun { Lease = new LeaseKey(1, 1), RunId = "r", Attempt = earlier.Length + 1, Failures = earlier.Length, Experiment = definition, Config = "{}"u8.ToArray() };
        return Retries.Decide(run, new Failure(category, "why", action), earlier, new Random(1));
    }
}
