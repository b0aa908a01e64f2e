namespace Experiments.Generators.Tests;

/// <summary>The worked examples of the design, word for word.</summary>
internal static class Design
{
    public const string Source = """
        public enum Dataset { HcrlCh, HcrlSa, [JsonStringEnumMemberName("set_01")] Set01 }
        public enum Size { Teacher, Student }

        public sealed record Optimizer
        {
            public double WeightDecay { get; init; } = 1e-4;
            public double Momentum { get; init; } = 0.9;
        }

        /// <summary>Unsupervised pre-training of the graph autoencoder.</summary>
        [Experiment("autoencoder", Id = "{Dataset}/{Size}_autoencoder{Distilled?_kd}")]
        [Entrypoint("-m pipeline.train autoencoder", Tool = "kdgat", Arguments = ArgumentStyle.Options)]
        [Gpu(1)] [Retry(3, BackoffBase = 2)] [Timeout("12h")]
        public sealed partial record Autoencoder
        {
            public required Dataset Dataset { get; init; }
            public Size Size { get; init; } = Size.Teacher;

            /// <summary>Learn from the teacher of the same dataset.</summary>
            public bool Distilled { get; init; }

            [Range(1e-6, 1.0)] public double LearningRate { get; init; } = 1e-3;
            [OnOutOfMemory(Scale = 0.5, Min = 1)] public int BatchSize { get; init; } = 64;
            [OnOutOfMemory(Scale = 2)] public int AccumulationSteps { get; init; } = 1;
            public Optimizer Optimizer { get; init; } = new();

            [Input] public Autoencoder? Teacher
                => Distilled ? this with { Size = Size.Teacher, Distilled = false } : null;

            public sealed partial record Results
            {
                [Metric(Goal.Maximize, Primary = true)] public double ValAcc { get; init; }
                [Metric(Goal.Minimize)] public double ValLoss { get; init; }
                [Artifact("best_model.pt")] public Artifact Model { get; init; }
            }
        }

        [Sweep]
        public sealed partial record Teachers : ISweep<Autoencoder>
        {
            [All] public Dataset Dataset { get; init; }
            [All] public Size Size { get; init; }
            [All] public bool Distilled { get; init; }
            public bool Include => !(Size == Size.Teacher && Distilled);
        }

        [Experiment("classifier", Id = "{Dataset}/lr{LearningRate}_wd{Optimizer.WeightDecay:0e0}_s{Seed}")]
        [Entrypoint("train.py")]
        public sealed partial record Classifier
        {
            public required Dataset Dataset { get; init; }
            public double LearningRate { get; init; } = 0.1;
            public Optimizer Optimizer { get; init; } = new();
            public int Seed { get; init; }
        }

        [Sweep(Tags = ["baseline"])]
        public sealed partial record LearningRates : ISweep<Classifier>
        {
            [Values(0.01, 0.1, 1.0)] public double LearningRate { get; init; }
            [LogSpace(1e-4, 1e-2, 3), Axis("Optimizer.WeightDecay")] public double WeightDecay { get; init; }
            [Seeds(3)] public int Seed { get; init; }

            public int Priority => LearningRate == 0.1 ? 150 : 100;
            public Classifier Base => new() { Dataset = Dataset.HcrlSa };
        }
        """;
}
