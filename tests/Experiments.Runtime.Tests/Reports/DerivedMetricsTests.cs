using Experiments.Registry;
using Experiments.Runtime.Reports;

namespace Experiments.Runtime.Tests.Reports;

public sealed class DerivedMetricsTests
{
    private readonly List<string> _notices = [];

    static DerivedMetricsTests() => Catalogue.Register(() => new Catalogue([new Efficiency()], []));

    [Fact]
    public void They_are_added_to_what_was_reported_and_may_use_what_the_worker_measured()
    {
        var all = Added("derived-test", new() { ["tokens"] = 100 }, new() { ["energy_kwh"] = 4 });

        Assert.Equal(25, all["tokens_per_kwh"]);
        Assert.DoesNotContain("system/energy_kwh", all.Keys);
    }

    [Fact]
    public void One_that_has_no_value_or_throws_takes_none_of_the_others_along()
    {
        var all = Added("derived-test", new() { ["tokens"] = 100 }, new() { ["energy_kwh"] = 4 });

        Assert.DoesNotContain("nothing", all.Keys);
        Assert.DoesNotContain("throwing", all.Keys);
        Assert.Equal("`run` has no `throwing`: DivideByZeroException: by zero", Assert.Single(_notices));
    }

    [Fact]
    public void A_worker_of_another_program_says_what_it_cannot_compute()
    {
        var all = Added("of-another-program", new() { ["tokens"] = 100 }, null);

        Assert.Equal(["tokens"], all.Keys);
        Assert.Contains("`tokens_per_kwh`", Assert.Single(_notices), StringComparison.Ordinal);
    }

    private IReadOnlyDictionary<string, double> Added(string experiment, Dictionary<string, double> reported, Dictionary<string, double>? measured) =>
        DerivedMetrics.Added(new ClaimedRun
        {
            Lease = new LeaseKey(1, 1),
            RunId = "run",
            Attempt = 1,
            Failures = 0,
            Config = default,
            Experiment = new ExperimentDefinition
            {
                Name = experiment,
                IdTemplate = "{hash}",
                Launch = new Launch { Kind = LaunchKind.Method },
                Metrics = [new("tokens", Goal.Maximize), new("tokens_per_kwh", Goal.Maximize) { Derived = true }],
            },
        }, reported, measured, "/", _notices.Add);

    private sealed class Efficiency : ExperimentType
    {
        public override ExperimentDefinition Definition { get; } = new() { Name = "derived-test", IdTemplate = "{hash}", Launch = new Launch { Kind = LaunchKind.Method } };

        public override string TypeName => nameof(Efficiency);

        public override string Help => "";

        public override PlannedRun Plan(IReadOnlyList<string> overrides) => throw new NotSupportedException();

        public override PlannedRun Plan(ReadOnlyMemory<byte> config) => throw new NotSupportedException();

        public override Task<IEnumerable<KeyValuePair<string, double>>> ExecuteAsync(RunContext run) => throw new NotSupportedException();

        public override IEnumerable<KeyValuePair<string, Func<double?>>> Derived(RunOutputs outputs) =>
        [
            new("nothing", () => null),
            new("throwing", () => throw new DivideByZeroException("by zero")),
            new("tokens_per_kwh", () => outputs.Metric("tokens") / outputs.Metric("system/energy_kwh")),
        ];
    }
}
