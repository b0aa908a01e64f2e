using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

/// <summary>A configuration says where a secret is; the secret itself and even the place are no part of which run it is.</summary>
public sealed class SecretTests
{
    private const string Upload = """
        public sealed partial record Hub { public Secret? Key { get; init; } }
        [Experiment("upload", Id = "{Name}_{hash:8}"), Entrypoint("upload.py")]
        public sealed partial record Upload
        {
            public string Name { get; init; } = "a";
            public Secret Token { get; init; } = Secret.FromEnvironment("HF_TOKEN");
            public Hub Hub { get; init; } = new();
        }
        """;

    [Fact]
    public void Json_says_where_the_secret_is() => Assert.Equal(
        """{"hub":{"key":"file:~/.key"},"name":"a","token":"env:HF_TOKEN"}""",
        Compiled.Run<string>(Upload, "return new Upload { Hub = new() { Key = Secret.FromFile(\"~/.key\") } }.ToJson();"));

    [Fact]
    public void Where_a_secret_is_does_not_tell_runs_apart() => Assert.True(Compiled.Run<bool>(Upload, """
        var other = new Upload { Token = Secret.FromFile("/run/token"), Hub = new() { Key = Secret.FromEnvironment("KEY") } };
        return other.Id == new Upload().Id && other.GetContentHash() == new Upload().GetContentHash();
        """));

    [Fact]
    public void What_is_written_is_read_back() => Assert.True(Compiled.Run<bool>(Upload, """
        var config = new Upload { Hub = new() { Key = Secret.FromFile("~/.key") } };
        var read = Upload.Read(System.Text.Encoding.UTF8.GetBytes(config.ToJson()));
        return read.Token == config.Token && read.Hub.Key == config.Hub.Key;
        """));

    [Fact]
    public void A_plan_names_the_paths_of_secrets() => Assert.Equal("hub.key token", Compiled.Run<string>(Upload,
        "return string.Join(' ', DefinitionJson.Read(DefinitionJson.Write(Upload.Experiment.Definition)).Secrets.Order());"));

    [Fact]
    public void Options_take_references() => Assert.Equal("file:t.txt env:K", Compiled.Run<string>(Upload,
        "var c = Upload.Parse([\"--token\", \"file:t.txt\", \"hub.key=env:K\"]); return $\"{c.Token} {c.Hub.Key}\";"));

    [Theory]
    [InlineData("--token", "hf_planted")]
    [InlineData("--token=hf_planted")]
    [InlineData("token=hf_planted")]
    [InlineData("--hub.key", "env:hf planted")]
    public void A_secret_typed_as_a_value_is_refused_and_not_repeated(params string[] words)
    {
        var error = Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(Upload, "return Upload.Parse(args);", words));
        Assert.Contains("to be a reference to a secret", error.Message);
        Assert.DoesNotContain("planted", error.Message + error.Hint);
    }

    [Theory]
    [InlineData("""{"token":"hf_planted"}""")]
    [InlineData("""{"token":17}""")]
    public void A_secret_in_json_is_refused_and_not_repeated(string json)
    {
        var error = Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(Upload, "return Upload.Read(System.Text.Encoding.UTF8.GetBytes(args[0]));", json));
        Assert.Equal("EXP8011", error.Code);
        Assert.DoesNotContain("planted", error.ToString());
    }

    [Fact]
    public void A_secret_that_refers_to_nothing_is_a_mistake() => Assert.Equal("expected `token` to say where the secret is, got nothing", Compiled.Run<string>(Upload,
        "return new Upload { Token = default }.Validate()[0].Message;"));

    [Fact]
    public Task A_secret_in_an_id_is_refused_at_its_hole() => Analyzed.VerifyAsync("""
        [Experiment("upload", Id = "{Name}_{|EXP1050:{Token}|}"), Entrypoint("upload.py")]
        public sealed partial record Upload
        {
            public string Name { get; init; } = "a";
            public Secret Token { get; init; } = Secret.FromEnvironment("HF_TOKEN");
        }
        """);
}
