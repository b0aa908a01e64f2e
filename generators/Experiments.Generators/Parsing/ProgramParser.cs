using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>What an assembly is and refers to.</summary>
internal static class ProgramParser
{
    public static ProgramModel Parse(Compilation compilation, CancellationToken cancellation)
    {
        var isProgram = compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
        var needsEntryPoint = isProgram
            && compilation.GetTypeByMetadataName("Experiments.ExperimentProgram") is not null
            && compilation.GetEntryPoint(cancellation) is null;
        return new ProgramModel(needsEntryPoint, compilation.GetTypeByMetadataName("Experiments.Lab") is not null);
    }
}
