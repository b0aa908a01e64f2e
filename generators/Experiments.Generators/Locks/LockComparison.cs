using System.Globalization;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Locks;

/// <summary>Something about an experiment that is not as locked.</summary>
internal sealed record LockFinding(string Rule, Location Place, params object[] Operands);

/// <summary>Compares a declaration with the lock: names, types, defaults and the id template. Content hashes are <c>plan --diff</c>'s business.</summary>
internal sealed class LockComparison(INamedTypeSymbol type, ExperimentModel experiment, LockedExperiment locked, long runs, CancellationToken cancellation)
{
    private readonly List<IdentityValue> _declared = IdentityText.Values(experiment.Record).ToList();
    private readonly List<LockFinding> _found = [];

    public IReadOnlyList<LockFinding> Findings()
    {
        var removed = locked.Properties.Where(l => _declared.All(d => d.Name != l.Name)).ToList();
        var added = _declared.Where(d => locked.Properties.All(l => l.Name != d.Name)).ToList();
        var renames = Renames.Of(removed, added);
        foreach (var (from, to) in renames)
        {
            var value = added.First(a => Renames.IsWithin(a.Name, to));
            var path = value.Path.Take(to.Split('.').Length).ToList();
            Add(RuleIds.LockedPropertyRenamed, Place(path), Last(from), string.Join(".", path.Select(p => p.Name)), Effect(value));
        }

        foreach (var value in added.Where(a => !renames.Any(r => Renames.IsWithin(a.Name, r.To))))
            Add(RuleIds.LockedPropertyAdded, Place(value.Path), experiment.Name, value.PropertyPath, Effect(value));
        foreach (var property in removed.Where(l => !renames.Any(r => Renames.IsWithin(l.Name, r.From))))
            Add(RuleIds.LockedPropertyRemoved, type.Place(), experiment.Name, property.Name, Effect(IsInHash(property.Name)));
        foreach (var value in _declared)
        {
            if (locked.Properties.FirstOrDefault(l => l.Name == value.Name) is { } known)
                Compare(value, known);
        }

        CompareTemplates(renames);
        return _found;
    }

    private void Compare(IdentityValue value, LockedProperty known)
    {
        if (!IsSameType(known.Type, value.Property.Value))
        {
            Add(RuleIds.LockedTypeChanged, Place(value.Path), value.PropertyPath, known.Type, value.Type, Effect(value));
            return;
        }

        // Without a default on one side, every run says its value.
        if (known.Default is not { } old || value.Property.IsMandatory || DeclaredDefault.Of(type, value.Path, cancellation) is not { } now || old.IsSameAs(now))
            return;
        Add(RuleIds.LockedDefaultChanged, DefaultPlace(value), value.PropertyPath, old.ToString(), now.ToString(), Effect(value), CSharpValue.Of(old, value.Property.Value) ?? "");
    }

    private void CompareTemplates(IReadOnlyList<(string From, string To)> renames)
    {
        var template = IdentityText.Template(experiment);
        // Holes of what was renamed are that rule's business.
        var before = renames.Aggregate(template, static (text, rename) => new[] { "}", ":", "?", "." }
            .Aggregate(text, (t, end) => t.Replace("{" + rename.To + end, "{" + rename.From + end)));
        if (before == locked.Id)
            return;
        var attribute = type.Find(Attributes.Experiment)!;
        Add(RuleIds.LockedIdChanged, attribute.NamedSyntax("Id")?.GetLocation() ?? attribute.Place(), locked.Id, template, Effect(renames: true));
    }

    /// <summary>Names of an enum that were locked must still be there; more of them rename nothing. Whole numbers of all sizes are written alike.</summary>
    private static bool IsSameType(string known, ValueModel now)
    {
        var declared = IdentityText.Type(now with { IsNullable = false });
        known = known.TrimEnd('?');
        if (known == declared || now.Kind == ValueKind.Integer && IsInteger(known))
            return true;
        return now.Kind == ValueKind.Enum && known.Split('|').Select(n => n.Trim()).All(name => now.Enum!.Members.Any(m => m.IdentityName == name));
    }

    private static bool IsInteger(string type) => type is "sbyte" or "byte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong";

    /// <summary>Whether a change of a value shows in the id: named there, or hashed there.</summary>
    private bool IsInHash(string name) => experiment.Id.HasHash || locked.Id.Contains("{" + name);

    private string Effect(IdentityValue value) => Effect(experiment.Id.HasHash || experiment.Id.Names(value.PropertyPath));

    private string Effect(bool renames)
    {
        var many = runs == 0 ? "existing runs" : Count(runs, "existing run");
        var completed = locked.Completed == 0 ? "" : $" and invalidates {Count(locked.Completed, "completed result")}";
        return renames ? $"this renames {many}{completed}" : $"this makes other configurations of {many} under the same ids{completed}";
    }

    private static string Count(long count, string noun) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";

    private Location DefaultPlace(IdentityValue value) => Property(value.Path) is { } property && DeclaredDefault.Initializer(property, cancellation) is { } initializer
        ? initializer.GetLocation()
        : Place(value.Path);

    /// <summary>The property, where it is declared here; else the experiment.</summary>
    private Location Place(IReadOnlyList<PropertyModel> path) => Property(path)?.Place() is { IsInSource: true } place ? place : type.Place();

    private IPropertySymbol? Property(IReadOnlyList<PropertyModel> path)
    {
        ITypeSymbol record = type;
        IPropertySymbol? property = null;
        foreach (var step in path)
        {
            property = record.Property(step.Name);
            if (property is null)
                return null;
            record = property.Type;
        }

        return property;
    }

    private void Add(string rule, Location place, params object[] operands) => _found.Add(new LockFinding(rule, place, operands));

    private static string Last(string path) => path.Substring(path.LastIndexOf('.') + 1);
}
