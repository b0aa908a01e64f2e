using System.Text;
using Experiments.Registry;
using Experiments.Registry.Storage;

namespace Experiments.Simulation.Tests;

/// <summary>Those who submit, retry, cancel, pause and limit, from a process of their own that can be killed too.</summary>
internal sealed class People : IDisposable
{
    private static readonly (string Id, string[] Inputs)[] s_runs = [("a/1", []), ("a/2", []), ("b/1", []), ("b/2", ["a/1", "b/1"]), ("c", ["b/2"])];

    private readonly World _world;

    public People(World world) => (_world, Registry) = (world, world.Open());

    public SqliteRegistry Registry { get; private set; }

    public void Dispose() => Registry.DisposeAsync().AsTask().Wait();

    public void Act()
    {
        switch (_world.Chance.Next(10))
        {
            case < 4:
                Submit();
                break;
            case < 6:
                Do("retry", r => r.RetryAsync(RunFilter.All));
                break;
            case 6:
                Do("cancel", r => r.CancelAsync(new RunFilter { Ids = [s_runs[_world.Chance.Next(s_runs.Length)].Id] }));
                break;
            case 7:
                Do("pause", r => r.PauseAsync("a", _world.Chance.Next(2) == 0));
                break;
            case 8:
                Do("limit", r => r.LimitAsync("b", _world.Chance.Next(2) == 0 ? 1 : null));
                break;
            default:
                Do("look", r => r.StatusAsync(RunFilter.All));
                break;
        }
    }

    /// <summary>Submits one of the runs and what it needs, sometimes to be executed again.</summary>
    public void Submit()
    {
        var known = (Known)_world.Chance.Next(4);
        var plan = Plan(s_runs[_world.Chance.Next(s_runs.Length)].Id);
        if (known is Known.Rerun or Known.Force)
            _world.Oracle.MayRerun(plan.Runs.Select(r => r.Id));
        if (Do($"submit {known}: {string.Join(' ', plan.Runs.Select(r => r.Id))}", r => r.SubmitAsync(plan, new SubmitOptions { Known = known })) is { } report)
            _world.Oracle.Submitted(report.Added);
    }

    public void AllowAll()
    {
        Registry.PauseAsync("a", paused: false).Wait();
        Registry.LimitAsync("b", null).Wait();
    }

    public bool NothingIsLeft() => Registry.OutlookAsync(new ClaimRequest { WorkerId = "" }).Result is { Ready: 0, Waiting: 0, Running: 0 };

    private T? Do<T>(string what, Func<IRegistry, Task<T>> act)
    {
        try
        {
            var answer = act(Registry).GetAwaiter().GetResult();
            _world.Tell(what);
            return answer;
        }
        catch (SimulatedCrashException)
        {
            _world.Tell(what + ", killed");
            Registry.DisposeAsync().AsTask().Wait();
            Registry = _world.Open();
        }
        catch (ExperimentsException e) when (e.ExitCode == ExitCode.RegistryUnavailable)
        {
            _world.Tell($"{what}, refused: {e.Code}");
        }

        return default;
    }

    private static Plan Plan(string target)
    {
        var runs = new Dictionary<string, PlannedRun>();
        foreach (var (id, inputs) in s_runs)
        {
            var config = Encoding.UTF8.GetBytes($$"""{"batch":{{Oracle.DeclaredBatch}},"id":"{{id}}"}""");
            runs.Add(id, new PlannedRun
            {
                Id = id,
                Experiment = new ExperimentDefinition
                {
                    Name = id[..1],
                    IdTemplate = "{id}",
                    Launch = new Launch { Kind = LaunchKind.Executable, Target = "true", Program = ["/bin/true"], WorkingDirectory = "/" },
                    Retry = new RetryPolicy { Limit = 2 },
                    Remedies = [new Remedy("batch", 0.5, Min: Oracle.SmallestBatch, IsInteger: true)],
                },
                Config = config,
                Hash = ContentHash.Compute(config),
                Inputs = [.. inputs.Select(i => new PlannedInput(i.Replace('/', '_'), runs[i]))],
            });
        }

        return Experiments.Plan.Create(target.Replace('/', '-'), [runs[target]]);
    }
}
