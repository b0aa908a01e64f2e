using Experiments.Core;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>The configuration properties of a record.</summary>
internal static class RecordParser
{
    /// <summary>Parses a record; <see langword="null"/> when generated code cannot make one. Unsupported properties are reported and left out.</summary>
    public static RecordModel? Parse(INamedTypeSymbol type, ParseScope scope, bool isExperiment)
    {
        if (Constructor(type) is not { } constructor)
        {
            scope.Report(RuleIds.UnsuitableType, type.Place(), type.Name, "a record with a constructor whose parameters are public properties with `init`");
            return null;
        }

        var properties = new List<PropertyModel>();
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in type.Properties().Where(IsConfiguration))
        {
            var parameter = constructor.Parameters.FirstOrDefault(p => p.Name == property.Name);
            if (Property(type, property, parameter, scope, isExperiment) is not { } model)
                continue;
            var paths = Paths(model, "", "").ToList();
            if (paths.FirstOrDefault(p => keys.ContainsKey(p.Key)) is { Key: { } taken } path)
            {
                scope.Report(RuleIds.DuplicateKey, property.Place(), taken, keys[taken], path.Name);
                continue;
            }

            paths.ForEach(p => keys.Add(p.Key, p.Name));
            properties.Add(model);
        }

        foreach (var member in Left(type))
            scope.Report(RuleIds.FieldIgnored, member.Place(), member.Name);
        FormerNames.Check(type, properties, scope);
        return new RecordModel(type.FullName(), properties.ToEquatableArray()) { Name = type.Name, IsSealed = type.IsSealed };
    }

    /// <summary>The names of a property and of all that is in it, outside C# and in C#.</summary>
    private static IEnumerable<(string Key, string Name)> Paths(PropertyModel property, string keys, string names)
    {
        yield return (keys + property.Key, names + property.Name);
        foreach (var path in property.Value.Record?.Properties.SelectMany(p => Paths(p, $"{keys}{property.Key}.", $"{names}{property.Name}.")) ?? [])
            yield return path;
    }

    private static bool IsConfiguration(IPropertySymbol property) => property is
    {
        IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null, SetMethod.DeclaredAccessibility: Accessibility.Public,
    };

    /// <summary>What looks like configuration and is none, as it is a field or not public; inherited ones included.</summary>
    private static IEnumerable<ISymbol> Left(INamedTypeSymbol type) =>
        type.AndBases().Reverse().SelectMany(t => t.GetMembers()).OfType<IFieldSymbol>()
            .Where(field => field is { IsStatic: false, IsConst: false, IsReadOnly: false, IsImplicitlyDeclared: false } && IsSeen(field))
            .Concat<ISymbol>(type.Properties().Where(p => p is { IsStatic: false, IsIndexer: false, GetMethod: not null, SetMethod: { } set } && !IsConfiguration(p) && IsSeen(p) && IsSeen(set)));

    private static bool IsSeen(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    /// <summary>The constructor that generated code calls: without parameters, or with one for each of some properties.</summary>
    private static IMethodSymbol? Constructor(INamedTypeSymbol type)
    {
        var candidates = type.InstanceConstructors
            .Where(c => c.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
            .Where(c => !(c.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, type)))
            .Where(c => c.Parameters.All(p => type.Property(p.Name) is { } property && (p.HasExplicitDefaultValue || IsConfiguration(property))))
            .OrderBy(c => c.Parameters.Length);
        return candidates.FirstOrDefault();
    }

    private static PropertyModel? Property(
        INamedTypeSymbol record, IPropertySymbol property, IParameterSymbol? parameter, ParseScope scope, bool isExperiment)
    {
        var isInput = isExperiment && property.Find("Experiments.InputAttribute") is not null;
        var value = isInput ? Input(property.Type) : ValueParser.Parse(property.Type, scope);
        if (value is null)
        {
            scope.Report(RuleIds.UnsupportedPropertyType, property.Place(), property.Name,
                property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            return null;
        }

        if (property.SetMethod is { IsInitOnly: false })
            scope.Report(RuleIds.MutableProperty, property.Place(), property.Name);
        if (value.Kind == ValueKind.String && SecretNames.Contain(SnakeCase.Of(property.Name)))
            scope.Report(RuleIds.SecretAsText, property.Place(), property.Name, property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        ReportEnumNames(property, value.Element ?? value, scope);
        return new PropertyModel(property.Name, Symbols.Key(property), value)
        {
            Identifier = Symbols.Escape(property.Name),
            FormerKeys = Symbols.FormerKeys(property).ToEquatableArray(),
            DeclaringType = property.ContainingType.FullName(),
            IsRequired = property.IsRequired,
            IsConstructorParameter = parameter is { HasExplicitDefaultValue: false },
            Summary = parameter is null
                ? Documentation.Summary(property, scope.Cancellation)
                : Documentation.Parameter(record, property.Name, scope.Cancellation),
            Checks = CheckParser.Parse(property, value).ToEquatableArray(),
            Remedy = Remedy(property),
        };
    }

    private static ValueModel? Input(ITypeSymbol type) => type.Find(Attributes.Experiment) is null
        ? null
        : new ValueModel(ValueKind.Input, type.FullName(), type.NullableAnnotation != NullableAnnotation.NotAnnotated);

    private static void ReportEnumNames(IPropertySymbol property, ValueModel value, ParseScope scope)
    {
        if (value.Enum is null || scope.Sink is null)
            return;
        var names = new Dictionary<string, EnumMemberModel>(StringComparer.Ordinal);
        foreach (var member in value.Enum.Members)
        {
            foreach (var name in member.FormerNames.Prepend(member.Name))
            {
                if (!names.TryGetValue(name, out var first))
                    names.Add(name, member);
                else if (first.Code != member.Code)
                    scope.Report(RuleIds.DuplicateEnumName, property.Place(), value.Enum.Type.Replace("global::", ""), name, Last(first.Code), Last(member.Code));
            }
        }

        static string Last(string code) => code.Substring(code.LastIndexOf('.') + 1);
    }

    private static RemedyModel? Remedy(IPropertySymbol property)
    {
        if (property.Find("Experiments.OnOutOfMemoryAttribute") is not { } attribute)
            return null;
        var min = attribute.Named("Min", double.NegativeInfinity);
        var max = attribute.Named("Max", double.PositiveInfinity);
        return new RemedyModel(attribute.Named("Scale", 1.0), double.IsInfinity(min) ? null : min, double.IsInfinity(max) ? null : max);
    }
}
