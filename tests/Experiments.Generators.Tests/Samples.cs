namespace Experiments.Generators.Tests;

/// <summary>Declarations that several tests share.</summary>
internal static class Samples
{
    public const string Minimal = """
        [Experiment("minimal")]
        public sealed partial record Minimal
        {
            public int Seed { get; init; }
        }
        """;

    /// <summary>Every kind of value there is.</summary>
    public const string EveryKind = """
        public enum Activation { ReLU, [JsonStringEnumMemberName("g-elu")] Gelu, SiLU }

        [Experiment("kinds", Id = "kinds/{hash:12}")]
        public sealed partial record Kinds
        {
            public bool Flag { get; init; }
            public sbyte Tiny { get; init; }
            public byte Small { get; init; }
            public short Short { get; init; }
            public ushort UShort { get; init; }
            public int Whole { get; init; } = 3;
            public uint UWhole { get; init; }
            public long Long { get; init; }
            public ulong ULong { get; init; } = ulong.MaxValue;
            public float Single { get; init; } = 0.1f;
            public double Double { get; init; } = 1e-5;
            public decimal Decimal { get; init; } = 1.50m;
            public string Text { get; init; } = "plain";
            public Activation Activation { get; init; } = Activation.Gelu;
            public TimeSpan Warmup { get; init; } = TimeSpan.FromMinutes(90);
            public bool? MaybeFlag { get; init; }
            public int? MaybeWhole { get; init; }
            public double? MaybeDouble { get; init; } = 0.5;
            public string? MaybeText { get; init; }
            public Activation? MaybeActivation { get; init; }
            public TimeSpan? MaybeTime { get; init; }
            public ImmutableArray<int> Layers { get; init; } = [64, 32];
            public ImmutableList<double> Rates { get; init; } = [];
            public IReadOnlyList<string> Words { get; init; } = ["a"];
            public ImmutableArray<Activation>? MaybeList { get; init; }
        }
        """;

    /// <summary>Records in records, some of them absent, some shared.</summary>
    public const string Nested = """
        namespace Lab.Vision;

        public sealed record Schedule
        {
            public int Warmup { get; init; } = 5;
            public double? Decay { get; init; }
        }

        public sealed record Optimizer
        {
            [Range(0.0, 1.0)] public double WeightDecay { get; init; } = 1e-4;
            public Schedule Schedule { get; init; } = new();
            public Schedule? Restart { get; init; }
        }

        public sealed record Data(string Name, int Fold = 0)
        {
            public required double Split { get; init; }
        }

        [Experiment("nested", Id = "{Data.Name}/f{Data.Fold}_wd{Optimizer.WeightDecay}_r{Optimizer.Restart.Warmup}")]
        public sealed partial record Nested
        {
            public required Data Data { get; init; }
            public Optimizer Optimizer { get; init; } = new();
            public Optimizer? Second { get; init; }
        }
        """;

    /// <summary>The KD-GAT pipeline: stages as an enum.</summary>
    public const string KdGat = """
        public enum Dataset { HcrlCh, HcrlSa, [JsonStringEnumMemberName("set_01")] Set01, [JsonStringEnumMemberName("set_02")] Set02 }
        public enum Size { Teacher, Student }
        public enum Stage { Autoencoder, Curriculum, Fusion, Evaluation }

        [Experiment("pipeline", Id = "{Dataset}/{Size}_{Stage}{Distilled?_kd}")]
        public sealed partial record Pipeline
        {
            public required Dataset Dataset { get; init; }
            public required Size Size { get; init; }
            public required Stage Stage { get; init; }
            public bool Distilled { get; init; }
        }
        """;
}
