using System.Globalization;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Locks;

/// <summary>Accepts changes into a lock. What only a program can compute (hashes, digests, ids) is left out, and <c>plan --lock</c> fills it in.</summary>
internal static class LockEdit
{
    /// <summary>The lock with an experiment as it is declared.</summary>
    /// <exception cref="FormatException">The text is no lock.</exception>
    public static string Accept(string text, INamedTypeSymbol type, ExperimentModel experiment, CancellationToken cancellation)
    {
        var root = JsonReader.Read(text);
        var locked = CommittedLock.Read(text).Experiment(experiment.Name);
        var properties = IdentityText.Values(experiment.Record).OrderBy(v => v.Name, StringComparer.Ordinal)
            .Select(v => Member(v.Name, Property(v, locked?.Properties.FirstOrDefault(l => l.Name == v.Name), type, cancellation)));
        var declared = Object([Member("id", JsonNode.Of(IdentityText.Template(experiment))), Member("properties", Object(properties))]);
        root = Within(root, "experiments", members => members.Select(m => m.Name == experiment.Name ? Member(m.Name, declared) : m));
        // Its sweeps have other ids or configurations now.
        return LockText.Of(Within(root, "sweeps", members => members.Select(m =>
            m.Value["experiment"] is { } of && of.Text == experiment.Name ? Member(m.Name, Only(m.Value, "experiment", "runs")) : m)));
    }

    /// <summary>The lock with another number of runs of a sweep.</summary>
    public static string AcceptRuns(string text, string sweep, long runs) => LockText.Of(Within(JsonReader.Read(text), "sweeps", members => members.Select(m => m.Name == sweep
        ? Member(m.Name, Object(Only(m.Value, "experiment").Members.Append(Member("runs", JsonNode.Of(runs, runs.ToString(CultureInfo.InvariantCulture))))))
        : m)));

    /// <summary>The lock without an experiment or a sweep.</summary>
    public static string Remove(string text, string kind, string name) =>
        LockText.Of(Within(JsonReader.Read(text), kind + "s", members => members.Where(m => m.Name != name)));

    private static JsonNode Property(IdentityValue value, LockedProperty? locked, INamedTypeSymbol type, CancellationToken cancellation)
    {
        var members = new List<JsonMember> { Member("type", JsonNode.Of(value.Type)) };
        if (value.Property.IsMandatory)
            members.Add(Member("required", JsonNode.Of(true)));
        else if ((DeclaredDefault.Of(type, value.Path, cancellation) ?? locked?.Default) is { } known)
            members.Add(Member("default", locked?.Default is { } old && old.IsSameAs(known) ? old : known));
        return Object(members);
    }

    private static JsonNode Within(JsonNode root, string name, Func<IReadOnlyList<JsonMember>, IEnumerable<JsonMember>> change) =>
        Object(root.Members.Select(m => m.Name == name ? Member(name, Object(change(m.Value.Members))) : m));

    private static JsonNode Only(JsonNode node, params string[] names) => Object(node.Members.Where(m => names.Contains(m.Name)));

    private static JsonNode Object(IEnumerable<JsonMember> members) => new(JsonKind.Object) { Members = members.ToList() };

    private static JsonMember Member(string name, JsonNode value) => new(name, 0, value);
}
