using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>Members that look as if they said something of an experiment or a sweep, and that nothing reads.</summary>
internal static class IgnoredProof
{
    /// <summary>The attribute of a sweep: what can be expanded has it.</summary>
    public static void CheckDeclared(INamedTypeSymbol type, IProblemSink problems)
    {
        if (type is { IsRecord: true, IsAbstract: false, Interfaces.Length: > 0 } && SweepParser.ExperimentOf(type) is not null && type.Find(Attributes.Sweep) is null)
            problems.Report(RuleIds.SweepUndeclared, type.Place(), type.Name);
    }

    /// <summary>The trainer: there is one, and it is called.</summary>
    public static void CheckTrainer(INamedTypeSymbol type, ExperimentModel experiment, IProblemSink problems)
    {
        var methods = type.GetMembers("RunAsync").OfType<IMethodSymbol>().Where(m => !m.IsGenerated()).ToList();
        if (methods.Count == 0 && experiment.Entrypoint is null)
            problems.Report(RuleIds.TrainerMissing, type.Place(), type.Name);
        else if (methods.Count > 0 && experiment.Entrypoint is not null)
            problems.Report(RuleIds.TrainerIgnored, methods[0].Place(), "RunAsync", "all that trains, or to be gone: the experiment has an `[Entrypoint]`, which is started instead");
        else if (methods.Count > 0 && experiment.Trainer == TrainerKind.None)
            problems.Report(RuleIds.TrainerIgnored, methods[0].Place(), "RunAsync", "`Task RunAsync(RunContext run)`, of the instance, or one that returns `Task<Results>`");
    }

    /// <summary>The members of a sweep: what user code decides has its shape, and what is named as a property of the experiment sets it.</summary>
    public static void CheckSweep(INamedTypeSymbol type, SweepModel sweep, ExperimentModel experiment, IProblemSink problems, CancellationToken cancellation)
    {
        CheckShape("Include", sweep.HasInclude, "a property `bool Include`, which leaves out the points where it is false");
        CheckShape("Priority", sweep.HasPriority, "a property `int Priority`, from 0 to 1000");
        CheckShape("Tags", sweep.HasTags, "a property of texts, such as `string[] Tags`, which every run gets besides those of the sweep");
        CheckShape("Base", sweep.HasBase, $"a property `{sweep.Experiment.Type.Name} Base`, which says what the axes don't");
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>().Where(p => p is { IsStatic: false, SetMethod: not null, IsImplicitlyDeclared: false } && !p.IsGenerated()))
        {
            var axes = property.GetAttributes().Where(AxisParser.IsAxis).ToList();
            foreach (var second in axes.Skip(1))
                problems.Report(RuleIds.UnsuitableAxis, second.Place(), second.ShortName(), property.Name, "properties without another axis");
            var isNamedAsOne = property.Find("Experiments.AxisAttribute") is not null || experiment.Record.Properties.Any(p => p.Name == property.Name);
            if (axes.Count == 0 && isNamedAsOne && !IsUsed(property))
                problems.Report(RuleIds.AxisForgotten, property.Place(), property.Name, type.Name, sweep.Experiment.Type.Name);
        }

        void CheckShape(string name, bool isRead, string shape)
        {
            if (!isRead && sweep.Axes.All(axis => axis.Name != name) && type.GetMembers(name).FirstOrDefault(m => !m.IsGenerated() && !m.IsImplicitlyDeclared) is { } member)
                problems.Report(RuleIds.SweepMemberShape, member.Place(), name, shape);
        }

        // By its name alone: whatever mentions it may hand it on.
        bool IsUsed(IPropertySymbol property) => type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation))
            .SelectMany(declaration => declaration.DescendantTokens())
            .Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == property.Name) > 1;
    }
}
