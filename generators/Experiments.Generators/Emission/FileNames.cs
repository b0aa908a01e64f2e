using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>Names of generated files. The compiler refuses two that differ only in case.</summary>
internal static class FileNames
{
    /// <summary>The names that differ from another only in case.</summary>
    public static EquatableArray<string> Alike(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal)
        .GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).SelectMany(g => g)
        .OrderBy(n => n, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>The name for a type's file, without its ending.</summary>
    public static string Of(TypeModel type, EquatableArray<string> alike)
    {
        var name = type.DottedName;
        return alike.Contains(name) ? $"{name}-{alike.ToList().IndexOf(name)}" : name;
    }
}
