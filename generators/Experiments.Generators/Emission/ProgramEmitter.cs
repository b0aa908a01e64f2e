using Experiments.Generators.Models;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Emission;

/// <summary>What is emitted once for an assembly: its catalogue, and the entry point of a program that has none.</summary>
internal static class ProgramEmitter
{
    public static SourceText Catalogue(IEnumerable<string> experiments, IEnumerable<string> sweeps)
    {
        var code = new SourceWriter();
        code.Line();
        code.Line("namespace Experiments;");
        code.Documented("The experiments and sweeps of this assembly.");
        code.Open("internal static class ExperimentCatalogue");
        code.Line("/// <summary>The catalogue, made when first asked for.</summary>");
        code.Line("public static global::Experiments.Catalogue Instance { get; } = new(");
        List(experiments.Select(e => e + ".Experiment"), ",");
        List(sweeps.Select(s => s + ".Sweep"), ");");
        code.Blank();
        code.Line("/// <summary>Makes the catalogue known to <c>Lab</c>, whoever wrote the program's entry point.</summary>");
        code.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        code.Line("internal static void Register() => global::Experiments.Catalogue.Register(static () => Instance);");
        code.Close();
        return code.ToSource();

        void List(IEnumerable<string> items, string end)
        {
            code.Line("    [");
            foreach (var item in items)
                code.Line($"        {item},");
            code.Line("    ]" + end);
        }
    }

    public static SourceText EntryPoint()
    {
        var code = new SourceWriter();
        code.Line();
        code.Line("// Another assembly that shows us its internals has a catalogue of its own by the same name; ours is meant.");
        code.Line("#pragma warning disable CS0436");
        code.Line();
        code.Line("namespace Experiments;");
        code.Documented("The entry point of a program that declares none.");
        code.Open("internal static class ExperimentEntryPoint");
        code.Line("private static global::System.Threading.Tasks.Task<int> Main(string[] args) =>");
        code.Line("    global::Experiments.ExperimentProgram.RunAsync(args, global::Experiments.ExperimentCatalogue.Instance);");
        code.Close();
        return code.ToSource();
    }
}
