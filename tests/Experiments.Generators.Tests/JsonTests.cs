using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

public sealed class JsonTests
{
    [Fact]
    public void Every_kind_of_value_has_one_text_with_sorted_keys() => Assert.Equal(
        "{\"activation\":\"g-elu\",\"decimal\":1.5,\"double\":1E-05,\"flag\":false,\"layers\":[64,32],\"long\":0,\"maybe_activation\":null,\"maybe_double\":0.5,\"maybe_flag\":null,\"maybe_list\":null,\"maybe_text\":null,\"maybe_time\":null,\"maybe_whole\":null,\"rates\":[],\"short\":0,\"single\":0.1,\"small\":0,\"text\":\"plain\",\"tiny\":0,\"u_long\":18446744073709551615,\"u_short\":0,\"u_whole\":0,\"warmup\":\"01:30:00\",\"whole\":3,\"words\":[\"a\"]}",
        Compiled.Run<string>(Samples.EveryKind, "return new Kinds().ToJson();"));

    [Fact]
    public void What_is_written_is_read_back() => Assert.True(Compiled.Run<bool>(Samples.EveryKind, """
        var config = new Kinds { Flag = true, Text = "tab\t \"quote\" \\ é 漢字 🚀 <&+'", Double = -0.0, MaybeText = "", MaybeTime = TimeSpan.FromTicks(-1), Words = ["", "null"], MaybeList = [Activation.SiLU], ULong = 5, Long = long.MinValue };
        var json = config.ToJson();
        var read = Kinds.Read(System.Text.Encoding.UTF8.GetBytes(json));
        return read.ToJson() == json && read.Text == config.Text && read.Words.SequenceEqual(config.Words) && read.GetContentHash() == config.GetContentHash();
        """));

    [Fact]
    public void The_framework_reads_and_writes_the_same() => Assert.Equal("{\"seed\":4} 4", Compiled.Run<string>(Samples.Minimal, """
        var json = System.Text.Json.JsonSerializer.Serialize(new Minimal { Seed = 4 });
        return $"{json} {System.Text.Json.JsonSerializer.Deserialize<Minimal>(json)!.Seed}";
        """));

    [Fact]
    public void Escaping_is_that_of_the_frameworks_default_encoder() => Assert.True(Compiled.Run<bool>(Samples.EveryKind, """
        var text = string.Concat(Enumerable.Range(0, 0x2100).Select(c => (char)c)) + "🚀 long enough to need more than one buffer";
        var json = System.Text.Json.JsonDocument.Parse(new Kinds { Text = text }.ToJson()).RootElement.GetProperty("text");
        return json.GetString() == text && json.GetRawText() == System.Text.Json.JsonSerializer.Serialize(text);
        """));

    [Theory]
    [InlineData("{\"sed\":1}", "expected a key of the configuration, got `sed`, did you mean `seed`?")]
    [InlineData("{\"seed\":\"1\"}", "expected `seed` to be an integer from -2147483648 to 2147483647, got `1`")]
    [InlineData("{\"seed\":1.5}", "expected `seed` to be an integer from -2147483648 to 2147483647, got `1.5`")]
    [InlineData("{\"seed\":[]}", "expected `seed` to be an integer from -2147483648 to 2147483647, got a list")]
    [InlineData("{\"seed\":null}", "expected `seed` to be an integer from -2147483648 to 2147483647, got `null`")]
    [InlineData("[]", "expected the configuration to be an object, got a list")]
    [InlineData("null", "expected the configuration to be an object, got `null`")]
    public void What_is_no_configuration_is_refused_with_a_reason(string json, string message)
    {
        var error = Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(Samples.Minimal,
            "return Minimal.Read(System.Text.Encoding.UTF8.GetBytes(args[0]));", json));
        Assert.Equal("EXP8011", error.Code);
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{\"seed\":1}x")]
    [InlineData("{\"seed\":1}{}")]
    [InlineData("\u0000")]
    public void Garbage_is_refused(string json)
    {
        var error = Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(Samples.Minimal,
            "return Minimal.Read(System.Text.Encoding.UTF8.GetBytes(args[0]));", json));
        Assert.Equal("EXP8011", error.Code);
    }

    [Fact]
    public void What_is_not_given_keeps_its_default() => Assert.Equal("{\"data\":{\"fold\":0,\"name\":\"x\",\"split\":0.5},\"optimizer\":{\"restart\":{\"decay\":null,\"warmup\":5},\"schedule\":{\"decay\":null,\"warmup\":8},\"weight_decay\":0.0001},\"second\":null}",
        Compiled.Run<string>(Samples.Nested, """return Lab.Vision.Nested.Read("{\"data\":{\"name\":\"x\",\"split\":0.5},\"optimizer\":{\"schedule\":{\"warmup\":8},\"restart\":{}}}"u8).ToJson();"""));

    [Fact]
    public void Keys_follow_their_attribute() => Assert.Equal("{\"lr\":0.5,\"q\\u0022\":1}", Compiled.Run<string>(
        """[Experiment("k")] public sealed partial record K { [JsonPropertyName("q\"")] public int Quoted { get; init; } = 1; [JsonPropertyName("lr")] public double LearningRate { get; init; } = 0.5; }""",
        "return new K().ToJson();"));

    [Theory]
    [InlineData("new Poly { Of = new Adam { Beta = 1 } }.ToJson()", "expected every `Optimizer` of a configuration to be just a `Optimizer`, got a `Adam`")]
    [InlineData("new Poly { Of = new Adam() }.GetContentHash()", "expected every `Optimizer` of a configuration to be just a `Optimizer`, got a `Adam`")]
    [InlineData("Poly.Experiment.Plan(new Poly { Maybe = new Adam() })", "expected every `Optimizer` of a configuration to be just a `Optimizer`, got a `Adam`")]
    [InlineData("Poly.Experiment.Plan(new More())", "expected every `Poly` of a configuration to be just a `Poly`, got a `More`")]
    [InlineData("Poly.Parse(Array.Empty<string>()).ToJson()", null)]
    public void A_record_that_derives_from_the_declared_one_is_refused(string call, string? message)
    {
        var error = Record.Exception(() => Compiled.Run<object>("""
            public record Optimizer { public double Rate { get; init; } }
            public record Adam : Optimizer { public double Beta { get; init; } }
            [Experiment("poly", Id = "p_{hash:8}")] public partial record Poly { public Optimizer Of { get; init; } = new(); public Optimizer? Maybe { get; init; } }
            public record More : Poly { public int Extra { get; init; } }
            """, $"return {call};"));
        Assert.Equal((message, message is null ? null : "EXP8010"), (error?.Message, (error as ExperimentsException)?.Code));
    }

    [Fact]
    public void A_settable_input_is_part_of_the_configuration() => Assert.Equal(
        "{\"teacher\":{\"seed\":3}} {\"teacher\":{\"seed\":3}} teacher=1 {\"teacher\":null}",
        Compiled.Run<string>(Samples.Minimal + """

            [Experiment("student")]
            public sealed partial record Student { [Input] public Minimal? Teacher { get; init; } }
            """, """
            var config = new Student { Teacher = new() { Seed = 3 } };
            var run = Student.Experiment.Plan(config);
            return $"{config.ToJson()} {Student.Parse(["teacher={\"seed\":3}"]).ToJson()} {run.Inputs[0].Name}={run.Inputs.Length} {Student.Parse(["--teacher", "null"]).ToJson()}";
            """));
}
