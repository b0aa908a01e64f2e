using System.Globalization;
using System.Text;

namespace Experiments.Benchmarks.Scripts;

/// <summary>Scripts of a given length, as people write them: experiments, sweeps, a few statements.</summary>
internal static class ScriptText
{
    /// <summary>Lines of one experiment with its sweep.</summary>
    private const int Block = 19;

    /// <summary>A script of about so many lines that writes a line.</summary>
    public static string Of(int lines)
    {
        var text = new StringBuilder("using System.ComponentModel.DataAnnotations;\n\nvar curve = new Curve0 { LearningRate = 0.5 };\nWriteLine(curve.Id);\n\n");
        for (var i = 0; i < lines / Block; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                /// <summary>Bends a curve.</summary>
                [Experiment("curve{{i}}", Id = "curve{{i}}/lr{LearningRate}_s{Seed}")]
                public sealed partial record Curve{{i}}
                {
                    [Range(1e-6, 10.0)] public double LearningRate { get; init; } = 0.1;
                    public int Epochs { get; init; } = 5;
                    public int Seed { get; init; }
                    public Task<Results> RunAsync(RunContext run) => Task.FromResult(new Results { Loss = LearningRate * Epochs });
                    public sealed partial record Results { [Metric(Goal.Minimize, Primary = true)] public double Loss { get; init; } }
                }

                /// <summary>How fast to learn.</summary>
                [Sweep]
                public sealed partial record Rates{{i}} : ISweep<Curve{{i}}>
                {
                    [Values(0.1, 0.3, 1.0)] public double LearningRate { get; init; }
                    [Seeds(3)] public int Seed { get; init; }
                }


                """);
        }

        return text.ToString();
    }
}
