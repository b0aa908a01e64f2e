using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>
/// Which run of one group stands against which of the other: those whose configurations agree in everything but what tells the groups apart
/// (values that are constant within each group and differ between them).
/// </summary>
/// <param name="Apart">Paths of the values that tell the groups apart.</param>
/// <param name="Pairs">The pairs, in the order of the first group.</param>
internal sealed record Pairing(IReadOnlyList<string> Apart, IReadOnlyList<(RunRecord First, RunRecord Second)> Pairs)
{
    public static Pairing Of(IReadOnlyList<RunRecord> first, IReadOnlyList<RunRecord> second)
    {
        var a = first.Select(r => (Run: r, Config: Config.Flatten(r.Config).ToDictionary())).ToList();
        var b = second.Select(r => (Run: r, Config: Config.Flatten(r.Config).ToDictionary())).ToList();
        var shared = Paths(a.Select(r => r.Config)).Intersect(Paths(b.Select(r => r.Config))).Order(StringComparer.Ordinal).ToList();
        var apart = shared.Where(path => Constant(a, path) is { } one && Constant(b, path) is { } other && one != other).ToList();
        var matched = shared.Except(apart).ToList();
        // A key that names two runs of a group pairs nothing honestly.
        var lookup = b.GroupBy(r => Key(r.Config, matched)).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().Run);
        var pairs = a.GroupBy(r => Key(r.Config, matched)).Where(g => g.Count() == 1 && lookup.ContainsKey(g.Key))
            .Select(g => (g.Single().Run, lookup[g.Key])).Where(p => p.Run.Id != p.Item2.Id).ToList();
        return new Pairing(apart, pairs);
    }

    private static IEnumerable<string> Paths(IEnumerable<Dictionary<string, string>> configs) => configs.SelectMany(c => c.Keys).Distinct();

    private static string? Constant(List<(RunRecord Run, Dictionary<string, string> Config)> group, string path) =>
        group.Select(r => r.Config.GetValueOrDefault(path)).Distinct().Take(2).ToList() is [var only] ? only : null;

    private static string Key(Dictionary<string, string> config, List<string> paths) => string.Join('\u001f', paths.Select(p => config.GetValueOrDefault(p, "\u001e")));
}
