namespace Experiments.Generators.Locks;

/// <summary>The content of <c>experiments.lock.json</c>, as <c>plan --lock</c> wrote it.</summary>
internal sealed class CommittedLock
{
    public const string FileName = "experiments.lock.json";

    private const double Format = 1;

    private CommittedLock(IReadOnlyList<LockedExperiment> experiments, IReadOnlyList<LockedSweep> sweeps)
    {
        Experiments = experiments;
        Sweeps = sweeps;
    }

    public IReadOnlyList<LockedExperiment> Experiments { get; }

    public IReadOnlyList<LockedSweep> Sweeps { get; }

    public LockedExperiment? Experiment(string name) => Experiments.FirstOrDefault(e => e.Name == name);

    /// <summary>How many runs an experiment has in sweeps.</summary>
    public long RunsOf(string experiment) => Sweeps.Where(s => s.Experiment == experiment).Sum(s => s.Runs);

    /// <summary>Reads a lock.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static CommittedLock Read(string text)
    {
        var root = JsonReader.Read(text);
        if (root["format"] is not { Kind: JsonKind.Number, Number: Format })
            throw new FormatException("expected `format` to be 1");
        return new CommittedLock(
            Members(root, "experiments").Select(Experiment).ToList(),
            Members(root, "sweeps").Select(m => new LockedSweep(m, Text(m.Value, "experiment"), (long)Number(m.Value, "runs"))).ToList());
    }

    private static LockedExperiment Experiment(JsonMember member) => new(member, Text(member.Value, "id"), (long)Number(member.Value, "completed"),
        Members(member.Value, "properties").Select(p => new LockedProperty(p.Name, Text(p.Value, "type"), p.Value["default"], p.Value["required"] is { Text: "true" })).ToList());

    private static IReadOnlyList<JsonMember> Members(JsonNode node, string name) => node[name] is { Kind: JsonKind.Object } value
        ? value.Members
        : throw new FormatException($"expected `{name}` to be an object");

    private static string Text(JsonNode node, string name) => node[name] is { Kind: JsonKind.Text } value
        ? value.Text
        : throw new FormatException($"expected `{name}` to be text");

    private static double Number(JsonNode node, string name) => node[name] is { Kind: JsonKind.Number } value ? value.Number : 0;
}

/// <summary>An experiment of a lock.</summary>
internal sealed record LockedExperiment(JsonMember Member, string Id, long Completed, IReadOnlyList<LockedProperty> Properties)
{
    public string Name => Member.Name;
}

/// <summary>A property of a lock.</summary>
/// <param name="Name">Its path under first-ever names.</param>
/// <param name="Type">What it can be.</param>
/// <param name="Default">Its default; <see langword="null"/>: none of its own.</param>
/// <param name="IsRequired">Whether it must be given.</param>
internal sealed record LockedProperty(string Name, string Type, JsonNode? Default, bool IsRequired);

/// <summary>A sweep of a lock.</summary>
internal sealed record LockedSweep(JsonMember Member, string Experiment, long Runs)
{
    public string Name => Member.Name;
}
