using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>Expressions that make a record.</summary>
internal static class Creation
{
    /// <summary>A record of defaults; what is mandatory is empty, to be set before anybody looks.</summary>
    public static string Defaults(RecordModel record) => New(record.Type, record.Properties.Where(p => p.IsMandatory), Placeholder);

    /// <inheritdoc cref="Defaults(RecordModel)"/>
    public static string Defaults(SweptExperimentModel experiment) => New(experiment.Type.FullName, experiment.Mandatory, Placeholder);

    /// <summary>A record with its mandatory properties set.</summary>
    public static string New(string type, IEnumerable<PropertyModel> mandatory, Func<PropertyModel, string> value)
    {
        var properties = mandatory.ToList();
        var arguments = string.Join(", ", properties.Where(p => p.IsConstructorParameter).Select(p => $"{p.Identifier}: {value(p)}"));
        var required = string.Join(", ", properties.Where(p => !p.IsConstructorParameter).Select(p => $"{p.Identifier} = {value(p)}"));
        return $"new {type}({arguments}){(required.Length > 0 ? $" {{ {required} }}" : "")}";
    }

    // A record that is mandatory must be there for others to be set in it.
    private static string Placeholder(PropertyModel property) =>
        property.Value is { Record: { } nested, IsNullable: false } ? Defaults(nested) : "default!";
}
