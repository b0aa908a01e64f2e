using Experiments.Generators.Models;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Emission;

/// <summary>
/// All that an experiment gets, in one file: at every keystroke the compiler's driver compares the name of each generated file with those of all others, which
/// takes a tenth of a second for ten thousand.
/// </summary>
internal static class ExperimentEmitter
{
    /// <summary>The file of an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="hasLab">Whether the program can use <c>Lab</c>.</param>
    public static SourceText Emit(ExperimentModel experiment, bool hasLab)
    {
        var code = new SourceWriter();
        DefinitionEmitter.Emit(code, experiment);
        RunIdEmitter.Emit(code, experiment);
        PathsEmitter.Emit(code, experiment);
        ArgumentsEmitter.Emit(code, experiment);
        DraftEmitter.Emit(code, experiment);
        JsonEmitter.Emit(code, experiment);
        ValidationEmitter.Emit(code, experiment);
        if (experiment.Results is { } results)
            ResultsEmitter.Emit(code, results);
        if (hasLab && experiment.Type.IsReachable)
            LabEmitter.Emit(code, experiment);
        return code.ToSource();
    }
}
