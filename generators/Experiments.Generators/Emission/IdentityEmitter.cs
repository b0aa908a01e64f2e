using Experiments.Generators.Locks;
using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>What identifies runs, as data, for locks.</summary>
internal static class IdentityEmitter
{
    /// <summary>Writes the member of the record.</summary>
    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        code.Blank();
        code.Line($"static global::Experiments.ExperimentIdentity? global::Experiments.IExperiment<{experiment.Type.FullName}>.Identity => global::Experiments.Core.Configuration.Identity(");
        code.Line($"    {Creation.Defaults(experiment.Record)},");
        var properties = IdentityText.Values(experiment.Record).ToList();
        code.Line($"    {SourceWriter.Literal(IdentityText.Template(experiment))}{(properties.Count == 0 ? ");" : ",")}");
        for (var i = 0; i < properties.Count; i++)
        {
            var value = properties[i];
            code.Line($"    new global::Experiments.IdentityProperty({SourceWriter.Literal(value.Name)}, {SourceWriter.Literal(value.Type)}{(value.Property.IsMandatory ? ", IsRequired: true" : "")}){(i < properties.Count - 1 ? "," : ");")}");
        }
    }
}
