using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>The options of a record: one for each value, nested ones by their dotted path.</summary>
internal static class OptionPaths
{
    public static IEnumerable<(string Path, PropertyModel Property)> Of(RecordModel record, string prefix = "")
    {
        foreach (var property in record.Properties)
        {
            var path = prefix + property.Key;
            if (property.Value.Record is not { } nested)
            {
                yield return (path, property);
                continue;
            }

            // A nullable record can itself be set to null; anything else is said of its parts.
            if (property.Value.IsNullable)
                yield return (path, property);
            foreach (var inner in Of(nested, path + "."))
                yield return property.IsMandatory || !inner.Property.IsMandatory || !property.Value.IsNullable ? inner : (inner.Path, inner.Property with { IsRequired = false, IsConstructorParameter = false });
        }
    }
}
