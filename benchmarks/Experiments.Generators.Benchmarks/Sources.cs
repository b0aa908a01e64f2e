namespace Experiments.Generators.Benchmarks;

/// <summary>The files of a project with many experiments: 12 properties and one sweep each, a file for each, as people write them.</summary>
internal static class Sources
{
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using Experiments;
        """;

    /// <summary>A type that experiments share.</summary>
    public const string Shared = """
        namespace Lab;

        public enum Dataset { Cifar10, Cifar100, Svhn }
        """;

    /// <summary>A file that has nothing to do with experiments.</summary>
    public static string Unrelated { get; } = $$"""
        namespace Lab;

        public static class Tables
        {
        {{string.Concat(Enumerable.Range(0, 30).Select(i => $$"""
                /// <summary>Adds up what is above {{i}}.</summary>
                public static double Sum{{i}}(IEnumerable<double> values, double above = {{i}})
                {
                    var sum = 0.0;
                    foreach (var value in values.Where(v => v > above))
                        sum += value;
                    return sum;
                }

            """))}}
        }
        """;

    /// <summary>One experiment and its sweep.</summary>
    public static string Experiment(int number) => $$"""
        namespace Lab;

        /// <summary>Experiment number {{number}}.</summary>
        [Experiment("experiment_{{number}}", Id = "{Dataset}/lr{LearningRate}/s{Seed}-{hash:8}")]
        public partial record Training{{number}}
        {{Properties}}

        /// <summary>Three by three, three times.</summary>
        [Sweep]
        public partial record Study{{number}} : ISweep<Training{{number}}>
        {
            [Values(1e-4, 1e-3, 1e-2)]
            public double LearningRate { get; init; }

            [All]
            public Dataset Dataset { get; init; }

            [Seeds(3)]
            public int Seed { get; init; }
        }
        """;

    /// <summary>The same record without anything of ours, for a generator that many know.</summary>
    public static string Plain(int number) => $$"""
        namespace Lab;

        /// <summary>Experiment number {{number}}.</summary>
        public partial record Training{{number}}
        {{Properties}}

        [System.Text.Json.Serialization.JsonSerializable(typeof(Training{{number}}))]
        public partial class Json{{number}} : System.Text.Json.Serialization.JsonSerializerContext;
        """;

    private const string Properties = """
        {
            /// <summary>Step size.</summary>
            [Range(1e-6, 1.0)]
            public double LearningRate { get; init; } = 1e-3;

            public Dataset Dataset { get; init; } = Dataset.Cifar10;

            public int Seed { get; init; }

            [Range(1, 4096)]
            public int BatchSize { get; init; } = 128;

            public int Epochs { get; init; } = 10;

            public double WeightDecay { get; init; } = 5e-4;

            public double Momentum { get; init; } = 0.9;

            [AllowedValues("adam", "sgd")]
            public string Optimizer { get; init; } = "sgd";

            public bool Augment { get; init; } = true;

            public long Steps { get; init; } = 10_000;

            public float Dropout { get; init; }

            public string? Note { get; init; }
        }
        """;
}
