using System.Globalization;
using System.Text;

namespace Experiments.Benchmarks.Scripts;

/// <summary>Scripts of a given length, as people write them: a few statements; experiments with a trainer and a sweep each, of some fifty lines together.</summary>
internal static class ScriptText
{
    private const int Block = 52;

    /// <summary>A script of about so many lines that writes a line.</summary>
    public static string Of(int lines)
    {
        var text = new StringBuilder("""
            using System.ComponentModel.DataAnnotations;

            var curve = new Curve0 { LearningRate = 0.5 };
            WriteLine(curve.Id);


            """);
        for (var i = 0; i < lines / Block; i++)
            text.Append(Experiment.Replace("00", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return text.ToString();
    }

    private const string Experiment = """
        /// <summary>Gradient descent on a noisy bowl.</summary>
        [Experiment("curve00", Id = "curve00/lr{LearningRate}_m{Momentum}_s{Seed}")]
        [Timeout("5m")]
        public sealed partial record Curve00
        {
            /// <summary>Step size.</summary>
            [Range(1e-6, 10.0)] public double LearningRate { get; init; } = 0.1;

            /// <summary>How much of the last step is kept.</summary>
            [Range(0.0, 1.0)] public double Momentum { get; init; } = 0.9;

            /// <summary>Passes.</summary>
            [Range(1, 1000)] public int Epochs { get; init; } = 5;

            /// <summary>Draws the noise.</summary>
            public int Seed { get; init; }

            public Task<Results> RunAsync(RunContext run)
            {
                var random = new Random(Seed);
                var (point, velocity) = (new double[8], new double[8]);
                for (var epoch = 1; epoch <= Epochs; epoch++)
                {
                    for (var i = 0; i < point.Length; i++)
                    {
                        var gradient = (2 * (point[i] - i)) + random.NextDouble() - 0.5;
                        velocity[i] = (Momentum * velocity[i]) - (LearningRate * gradient);
                        point[i] += velocity[i];
                    }

                    run.Report(step: epoch, ("loss", Loss(point)));
                }

                return Task.FromResult(new Results { Loss = Loss(point) });
            }

            private static double Loss(double[] point) => point.Select((x, i) => (x - i) * (x - i)).Sum();

            public sealed partial record Results
            {
                [Metric(Goal.Minimize, Primary = true)] public double Loss { get; init; }
            }
        }

        /// <summary>How fast to learn.</summary>
        [Sweep]
        public sealed partial record Rates00 : ISweep<Curve00>
        {
            [Values(0.1, 0.3, 1.0)] public double LearningRate { get; init; }
            [Seeds(3)] public int Seed { get; init; }
        }


        """;
}
