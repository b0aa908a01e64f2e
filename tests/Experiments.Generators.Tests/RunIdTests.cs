using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

public sealed class RunIdTests
{
    internal const string Every = """
        public enum Kind { [JsonStringEnumMemberName("a")] A, [JsonStringEnumMemberName("b-c")] BC }
        public sealed record Inner { public double Rate { get; init; } = 0.5; public TimeSpan? Wait { get; init; } }

        [Experiment("every", Id = "{experiment}/{Kind}/{Flag}{Flag?_on}/i{Whole:000}_d{Number}_m{Money}/{Text}/{Inner.Rate:0.00e0}/{Inner.Wait}/t{Time}/{Layers}/n{Maybe}/{hash:8}")]
        public sealed partial record Every
        {
            public Kind Kind { get; init; }
            public bool Flag { get; init; }
            public int Whole { get; init; }
            public double Number { get; init; }
            public decimal Money { get; init; }
            public string Text { get; init; } = "x";
            public Inner Inner { get; init; } = new();
            public TimeSpan Time { get; init; }
            public ImmutableArray<int> Layers { get; init; } = [1];
            public int? Maybe { get; init; }
            public int Unnamed { get; init; }
        }
        """;

    [Theory]
    [InlineData("HcrlSa", "Teacher", "Autoencoder", "False", "hcrl_sa/teacher_autoencoder")]
    [InlineData("HcrlSa", "Student", "Curriculum", "True", "hcrl_sa/student_curriculum_kd")]
    [InlineData("Set01", "Teacher", "Fusion", "False", "set_01/teacher_fusion")]
    [InlineData("Set02", "Student", "Evaluation", "False", "set_02/student_evaluation")]
    [InlineData("HcrlSa", "Student", "Evaluation", "True", "hcrl_sa/student_evaluation_kd")]
    public void The_ids_of_the_pipeline_are_written_and_read_back(string dataset, string size, string stage, string distilled, string id)
    {
        Assert.Equal($"{id} True {dataset} {size} {stage} {distilled} True", Compiled.Run<string>(Samples.KdGat, """
            var config = new Pipeline { Dataset = Enum.Parse<Dataset>(args[0]), Size = Enum.Parse<Size>(args[1]), Stage = Enum.Parse<Stage>(args[2]), Distilled = bool.Parse(args[3]) };
            var isRead = Pipeline.RunId.TryParse(args[4], out var read);
            return $"{config.Id} {isRead} {read.Dataset} {read.Size} {read.Stage} {read.Distilled} {read == config.Id}";
            """, dataset, size, stage, distilled, id));
    }

    [Fact]
    public void Every_part_of_a_template_is_written()
    {
        Assert.Equal("every/b-c/true_on/i007_d1e-05_m1.5/Ü-1/5.00e-1/1.02-03-04/t00-30-00/64,32/nnull/", Compiled.Run<string>(Every, """
            var config = new Every { Kind = Kind.BC, Flag = true, Whole = 7, Number = 1e-5, Money = 1.50m, Text = "Ü-1", Layers = [64, 32], Time = TimeSpan.FromMinutes(30),
                Inner = new() { Wait = new TimeSpan(1, 2, 3, 4) } };
            return config.Id.ToString()[..^8];
            """));
    }

    [Fact]
    public void Every_part_of_a_template_is_read_back()
    {
        Assert.Equal("True True BC True 7 1E-05 1.5 Ü-1 0.5 1.02:03:04 00:30:00 64 32 -5", Compiled.Run<string>(Every, """
            var config = new Every { Kind = Kind.BC, Flag = true, Whole = 7, Number = 1e-5, Money = 1.50m, Text = "Ü-1", Layers = [64, 32], Time = TimeSpan.FromMinutes(30),
                Inner = new() { Wait = new TimeSpan(1, 2, 3, 4) }, Maybe = -5 };
            var isRead = Every.RunId.TryParse(config.Id.ToString(), out var id);
            return FormattableString.Invariant($"{isRead} {id.Equals(config.Id)} {id.Kind} {id.Flag} {id.Whole} {id.Number} {id.Money} {id.Text} {id.InnerRate} {id.InnerWait} {id.Time} {id.Layers[0]} {id.Layers[1]} {id.Maybe}");
            """));
    }

    [Theory]
    [InlineData("hcrl_sa/teacher_autoencoder_kd_kd")]
    [InlineData("hcrl_sa/teacher_")]
    [InlineData("HCRL_SA/teacher_fusion")]
    [InlineData("hcrl_sa/teacher_fusion ")]
    [InlineData("")]
    [InlineData("nobody/teacher_fusion")]
    public void What_is_no_id_is_not_read(string text) => Assert.False(Compiled.Run<bool>(Samples.KdGat, "return Pipeline.RunId.TryParse(args[0], out _);", text));

    [Theory]
    [InlineData("0.00001", false)]
    [InlineData("1e-05", true)]
    [InlineData("1e-5", false)]
    [InlineData("0.10", false)]
    [InlineData("+0.1", false)]
    [InlineData("-0", false)]
    public void A_number_is_read_only_as_it_is_written(string number, bool isId) => Assert.Equal(isId, Compiled.Run<bool>(
        """[Experiment("n", Id = "x{Rate}")] public sealed partial record N { public double Rate { get; init; } }""",
        """return N.RunId.TryParse("x" + args[0], out _);""", number));

    [Fact]
    public void The_hash_covers_what_the_template_does_not_name() => Assert.Equal("True True False", Compiled.Run<string>(Every, """
        var config = new Every();
        string Hash(Every c) => c.Id.Hash.ToString();
        return $"{Hash(config) == Hash(config with { Whole = 4 })} {Hash(config) == Hash(config with { Inner = new() { Rate = 0.1 } })} {Hash(config) == Hash(config with { Unnamed = 1 })}";
        """));

    [Fact]
    public void Without_a_template_the_id_is_name_and_hash() => Assert.Equal("True True", Compiled.Run<string>(Samples.Minimal, """
        var config = new Minimal { Seed = 1 };
        return $"{config.Id.ToString() == "minimal/" + config.GetContentHash().ToString()[..16]} {Minimal.RunId.Parse(config.Id.ToString()).Hash == config.GetContentHash().Truncate(16)}";
        """));

    [Fact]
    public void Ids_are_formatted_compared_and_parsed_as_the_framework_does_it() => Assert.Equal("hcrl_ch/teacher_fusion 22 True hcrl_ch/teacher_fusion -1 False True", Compiled.Run<string>(Samples.KdGat, """
        var id = new Pipeline { Dataset = Dataset.HcrlCh, Size = Size.Teacher, Stage = Stage.Fusion }.Id;
        var other = new Pipeline { Dataset = Dataset.HcrlSa, Size = Size.Teacher, Stage = Stage.Fusion }.Id;
        Span<byte> utf8 = stackalloc byte[64];
        var isFormatted = id.TryFormat(utf8, out var bytes);
        Span<char> small = stackalloc char[3];
        return $"{id} {bytes} {isFormatted} {System.Text.Encoding.UTF8.GetString(utf8[..bytes])} {Math.Sign(id.CompareTo(other))} {id.TryFormat(small, out _)} {Parsed<Pipeline.RunId>("hcrl_ch/teacher_fusion") == id}";
        static T Parsed<T>(string text) where T : IParsable<T> => T.Parse(text, null);
        """));

    [Fact]
    public void Numbers_that_are_equal_have_one_text() => Assert.Equal("x0 x0 x1.5 x1.5", Compiled.Run<string>(
        """
        [Experiment("n", Id = "x{Rate}")] public sealed partial record N { public double Rate { get; init; } }
        [Experiment("m", Id = "x{Rate}")] public sealed partial record M { public decimal Rate { get; init; } }
        """,
        """return $"{new N { Rate = 0.0 }.Id} {new N { Rate = -0.0 }.Id} {new M { Rate = 1.50m }.Id} {new M { Rate = 1.5m }.Id}";"""));

    [Fact]
    public void The_paths_of_a_run_are_those_of_the_results_tree() => Assert.Equal(
        "/r/runs/hcrl_ch/teacher_autoencoder/config.json /r/runs/hcrl_ch/teacher_autoencoder/best_model.pt /r/runs/hcrl_ch/teacher_autoencoder/logs/attempt-2.log",
        Compiled.Run<string>(Design.Source, """
            var paths = new Autoencoder { Dataset = Dataset.HcrlCh }.PathsIn(new ResultsRoot("/r"));
            return $"{paths.Config} {paths.Model} {paths.Log(2)}";
            """));
}
