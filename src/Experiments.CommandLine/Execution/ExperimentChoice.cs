using Experiments.Core;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>The experiment that <c>pause</c>, <c>resume</c> and <c>limit</c> are about.</summary>
internal static class ExperimentChoice
{
    /// <summary>An experiment the registry knows.</summary>
    /// <exception cref="ExperimentsException">EXP8102: it knows none of that name.</exception>
    public static async Task<TargetRecord> RequireAsync(IRegistry registry, string name, CancellationToken cancel)
    {
        var experiments = (await registry.TargetsAsync(cancel).ConfigureAwait(false)).Where(t => t.IsExperiment).ToList();
        return experiments.Find(e => e.Name == name) ?? throw new ExperimentsException("EXP8102",
            $"expected an experiment with runs in the registry, got `{name}`",
            Suggestion.Closest(name, experiments.Select(e => e.Name)) is { } near ? $"did you mean `{near}`?" : $"it has {Words.List([.. experiments.Select(e => e.Name)])}",
            ExitCode.NotFound);
    }

    /// <summary>The name of an experiment that the program or the registry knows.</summary>
    /// <exception cref="ExperimentsException">EXP8102: neither does.</exception>
    public static async Task<string> NameAsync(Session session, IRegistry registry, string name, CancellationToken cancel)
    {
        if (Targets.Find(session.Catalogue, name) is { Sweep: null } declared)
            return declared.Name;
        List<string> known =
        [
            .. session.Catalogue.Experiments.Select(e => e.Name)
                .Union((await registry.TargetsAsync(cancel).ConfigureAwait(false)).Where(t => t.IsExperiment).Select(t => t.Name)),
        ];
        return known.Contains(name) ? name : throw new ExperimentsException("EXP8102", $"expected `--experiment` to name an experiment, got `{name}`",
            DidYouMean.Ask(name, known) ?? (known.Count == 0 ? "the program and the registry know none" : $"there are {Words.List(known)}"), ExitCode.NotFound);
    }

    /// <summary>Says how it is now.</summary>
    public static void Write(Session session, TargetRecord experiment)
    {
        if (!session.Json)
        {
            session.Terminal.WriteLine($"{experiment.Name}: {(experiment.Paused ? "paused" : "not paused")}, {(experiment.RunningMax is { } limit ? $"at most {Words.Count(limit, "run")} at a time" : "no limit")}");
            return;
        }

        session.Terminal.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("experiment"u8, experiment.Name);
            json.WriteBoolean("paused"u8, experiment.Paused);
            if (experiment.RunningMax is { } limit)
                json.WriteNumber("limit"u8, limit);
            else
                json.WriteNull("limit"u8);
            json.WriteEndObject();
        });
    }
}
