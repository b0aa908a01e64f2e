using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Experiments.Core;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>Records with <c>[Experiment]</c>.</summary>
internal static class ExperimentParser
{
    /// <summary>Members that generated code adds to an experiment.</summary>
    public static readonly IReadOnlyList<string> ReservedNames =
        ["Id", "RunId", "Paths", "PathsIn", "Parse", "TryParse", "With", "Help", "ToJson", "WriteTo", "Read", "Validate", "GetContentHash", "Experiment", "Generated", "Declaration"];

    private static readonly Regex _name = new(@"^[a-z0-9][a-z0-9_.-]*\z", RegexOptions.CultureInvariant);

    // A sweep needs the model of its experiment, which is parsed for itself too, and several analyzers need both. A symbol belongs to one compilation, and goes with it.
    private static readonly ConditionalWeakTable<INamedTypeSymbol, StrongBox<ExperimentModel?>> _models = new();

    /// <summary>The model of an experiment: that of an earlier parse, or of one that reports nothing.</summary>
    public static ExperimentModel? Model(INamedTypeSymbol type, CancellationToken cancellation) =>
        _models.TryGetValue(type, out var known) ? known.Value : Parse(type, null, cancellation);

    /// <summary>Parses an experiment; <see langword="null"/> when nothing can be emitted for it.</summary>
    public static ExperimentModel? Parse(INamedTypeSymbol type, IProblemSink? sink, CancellationToken cancellation)
    {
        var model = Read(type, sink, cancellation);
        return _models.GetValue(type, _ => new StrongBox<ExperimentModel?>(model)).Value;
    }

    private static ExperimentModel? Read(INamedTypeSymbol type, IProblemSink? sink, CancellationToken cancellation)
    {
        var scope = new ParseScope(sink, cancellation);
        if (type.Find(Attributes.Experiment) is not { } attribute || !Symbols.IsExtensible(type, sink, cancellation))
            return null;
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.Find(Attributes.Experiment) is null)
                continue;
            scope.Report(RuleIds.UnsuitableType, type.Place(), type.Name, $"no descendant of another experiment; let both derive from a record that is none, unlike `{parent.Name}`");
            return null;
        }

        if (!Symbols.Model(type).IsReachable)
            scope.Report(RuleIds.UnsuitableType, type.Place(), type.Name, "`public` or `internal` with all it is nested in: no command could name it, and no attempt could start it");
        if (ReservedNames.Contains(type.Name))
        {
            scope.Report(RuleIds.ReservedMemberName, type.Place(), type.Name, type.Name);
            return null;
        }

        scope.Enter(type);
        if (RecordParser.Parse(type, scope, isExperiment: true) is not { } record)
            return null;
        ReportReservedNames(type, scope);
        var name = attribute.Argument(0, "");
        var problem = PortablePath.Problem(name);
        if (problem is not null || !_name.IsMatch(name))
        {
            scope.Report(RuleIds.InvalidExperimentName, attribute.PositionalSyntax(0)?.GetLocation() ?? attribute.Place(), name, problem ?? "");
            return null;
        }

        if (Template(attribute, name, record, scope) is not { } template)
            return null;

        var gpu = type.Find("Experiments.GpuAttribute");
        var retries = FailureParser.Retries(type);
        return new ExperimentModel(Symbols.Model(type), name, record, template)
        {
            Summary = Documentation.Summary(type, cancellation),
            Tags = attribute.NamedStrings("Tags").ToEquatableArray(),
            Inputs = Inputs(type, scope).ToEquatableArray(),
            Entrypoint = EntrypointParser.Parse(type),
            Ranks = EntrypointParser.Ranks(type),
            Trainer = Trainer(type),
            Gpus = gpu?.Argument(0, 0) ?? 0,
            MemoryGiB = gpu?.Named("MemoryGiB", 0.0) ?? 0,
            RetryLimit = retries.General?.Argument(0, 0) ?? 0,
            BackoffBase = retries.General?.Named<double?>("BackoffBase", null),
            RetryBudgets = retries.Budgets.Select(b => b.Budget).ToEquatableArray(),
            FailureRules = FailureParser.Rules(type).Concat(FailureParser.Rules(type.ContainingAssembly)).Select(r => r.Rule).ToEquatableArray(),
            Invariants = FailureParser.Invariants(type, record).Select(i => i.Paths.Select(p => p.Path).OfType<string>().ToEquatableArray()).Where(p => p.Count > 1).ToEquatableArray(),
            Checkpoints = FailureParser.Checkpoints(type),
            Stall = type.Find("Experiments.StallAttribute")?.Argument<string?>(0, null),
            Timeout = type.Find("Experiments.TimeoutAttribute")?.Argument<string?>(0, null),
            Estimate = type.Find("Experiments.EstimateAttribute")?.Argument<string?>(0, null),
            ResultTask = type.Find("Experiments.ResultFilesAttribute")?.Argument<string?>(0, null),
            Results = ResultsParser.Parse(type, scope),
            HasJsonConverter = type.Find("System.Text.Json.Serialization.JsonConverterAttribute") is not null,
        };
    }

    private static TemplateModel? Template(AttributeData attribute, string name, RecordModel record, ParseScope scope)
    {
        var text = attribute.Named<string?>("Id", null);
        var place = new LiteralMap(attribute.NamedSyntax("Id"), attribute.Place());
        // A wrong template is reported; with the default one the rest of the record's members still exist while it is mended.
        return (text is null ? null : TemplateParser.Parse(text, name, record, place, scope))
            ?? TemplateParser.Parse(TemplateParser.Default, name, record, place, scope.Silent());
    }

    private static IEnumerable<InputModel> Inputs(INamedTypeSymbol type, ParseScope scope)
    {
        foreach (var property in type.Properties().Where(p => !p.IsStatic && p.GetMethod is not null))
        {
            if (property.Find("Experiments.InputAttribute") is null)
                continue;
            if (property.Type.Find(Attributes.Experiment) is null)
            {
                if (property.SetMethod is null)
                    scope.Report(RuleIds.UnsupportedPropertyType, property.Place(), property.Name,
                        property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
                continue;
            }

            yield return new InputModel(Symbols.Escape(property.Name), Symbols.Key(property), property.Type.FullName());
        }
    }

    private static TrainerKind Trainer(INamedTypeSymbol type)
    {
        foreach (var method in type.GetMembers("RunAsync").OfType<IMethodSymbol>())
        {
            if (method is not { IsStatic: false, IsGenericMethod: false, Parameters.Length: 1 } || method.Parameters[0].Type.FullName() != "global::Experiments.RunContext")
                continue;
            if (method.ReturnType.FullName() == "global::System.Threading.Tasks.Task")
                return TrainerKind.Plain;
            if (method.ReturnType is INamedTypeSymbol { MetadataName: "Task`1" } task && task.TypeArguments[0].Name == "Results"
                && SymbolEqualityComparer.Default.Equals(task.TypeArguments[0].ContainingType, type))
                return TrainerKind.WithResults;
        }

        return TrainerKind.None;
    }

    private static void ReportReservedNames(INamedTypeSymbol type, ParseScope scope)
    {
        foreach (var name in ReservedNames)
        {
            // A static method `With` or an overload of `Parse` with other parameters would compile, but two meanings of one name would not read.
            foreach (var member in type.GetMembers(name).Where(m => !m.IsImplicitlyDeclared && !m.IsGenerated()))
                scope.Report(RuleIds.ReservedMemberName, member.Place(), name, type.Name);
            for (var parent = type.BaseType; parent is { SpecialType: not SpecialType.System_Object }; parent = parent.BaseType)
            {
                if (parent.GetMembers(name).Any(m => m.DeclaredAccessibility != Accessibility.Private))
                    scope.Report(RuleIds.ReservedMemberName, type.Place(), name, parent.Name);
            }
        }
    }
}
