using Experiments.CodeFixes;
using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

/// <summary>Where revealed secrets may not go, and texts that should be secrets.</summary>
public sealed class SecretRuleTests
{
    [Theory]
    [InlineData("Console.WriteLine({|EXP1051:Token.Reveal()|});", "`Console.WriteLine`")]
    [InlineData("Console.Error.Write({|EXP1051:Token.Reveal()|});", "`TextWriter.Write`")]
    [InlineData("_ = $\"Bearer {{|EXP1051:Token.Reveal()|}}\";", "an interpolated string")]
    [InlineData("_ = \"Bearer \" + {|EXP1051:Token.Reveal()|};", "a concatenation")]
    [InlineData("var text = \"\"; text += {|EXP1051:Token.Reveal()|};", "a concatenation")]
    [InlineData("_ = string.Join(\",\", \"a\", {|EXP1051:Token.Reveal()|});", "`String.Join`")]
    [InlineData("run.Event(\"signed_in\", (\"token\", {|EXP1051:Token.Reveal()|}));", "`RunContext.Event`")]
    [InlineData("run.Artifact({|EXP1051:Token.Reveal()|}, \"a.txt\");", "`RunContext.Artifact`")]
    [InlineData("System.IO.File.WriteAllText(\"a.txt\", {|EXP1051:Token.Reveal()|});", "`File.WriteAllText`")]
    [InlineData("throw new InvalidOperationException({|EXP1051:Token.Reveal()|});", "the text of `InvalidOperationException`")]
    [InlineData("var token = Token.Reveal(); var same = token; Console.WriteLine({|EXP1051:same|} ?? \"none\");", "`Console.WriteLine`")]
    [InlineData("string token; token = Token.Reveal(); System.Diagnostics.Debug.WriteLine({|EXP1051:token|});", "`Debug.WriteLine`")]
    [InlineData("Console.WriteLine({|EXP1051:Spare?.Reveal()|});", "`Console.WriteLine`")]
    public async Task A_revealed_secret_that_others_read_is_refused(string statement, string sink)
    {
        // The value of `?.` is the call alone.
        var diagnostics = await Analyzed.VerifyAsync(Trainer(statement.Replace("{|EXP1051:Spare?.Reveal()|}", "Spare?{|EXP1051:.Reveal()|}")));
        Assert.Equal($"expected a revealed secret to go only to what needs it, got {sink}", Analyzed.Message(Assert.Single(diagnostics)));
    }

    [Theory]
    [InlineData("using var http = new System.Net.Http.HttpClient(); http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue(\"Bearer\", Token.Reveal());")]
    [InlineData("Console.WriteLine(Token); run.Event(\"signed_in\", (\"token\", Token.ToString()));")]
    [InlineData("var token = Token.Reveal(); Console.WriteLine(token.Length);")]
    [InlineData("Console.WriteLine(Token.Reveal() == \"x\" ? \"same\" : \"other\");")]
    [InlineData("_ = $\"length {Token.Reveal().Length}\";")]
    [InlineData("Environment.SetEnvironmentVariable(\"HF_TOKEN\", Token.Reveal());")]
    public Task A_revealed_secret_may_go_to_what_needs_it(string statement) => Analyzed.VerifyAsync(Trainer(statement));

    [Theory]
    [InlineData("FromEnvironment({|EXP1053:\"hf_NotARealTokenNotARealToken\"|})")]
    [InlineData("FromEnvironment({|EXP1053:\"correct horse\"|})")]
    [InlineData("FromEnvironment({|EXP1053:\"0123456789abcdef0123456789abcdef\"|})")]
    [InlineData("FromFile({|EXP1053:\"ghp_NotARealTokenNotARealToken\"|})")]
    [InlineData("FromEnvironment(\"HF_TOKEN\")")]
    [InlineData("FromEnvironment(\"hf_token\")")]
    [InlineData("FromEnvironment(\"MY_VERY_LONG_SERVICE_ACCOUNT_TOKEN_2\")")]
    [InlineData("FromFile(\"/run/secrets/hf token 1\")")]
    public async Task A_secret_in_the_source_is_refused_and_not_repeated(string reference)
    {
        var diagnostics = await Analyzed.VerifyAsync(Record($"public Secret Token {{ get; init; }} = Secret.{reference};"));
        Assert.All(diagnostics, d => Assert.EndsWith("got what looks like the secret itself", Analyzed.Message(d)));
    }

    [Theory]
    [InlineData("Token", "string")]
    [InlineData("HfToken", "string?")]
    [InlineData("Password", "string")]
    [InlineData("ApiKey", "string")]
    [InlineData("ClientSecret", "string?")]
    [InlineData("AwsAccessKey", "string")]
    public Task A_text_that_is_called_like_a_secret_is_said(string name, string type) => Analyzed.VerifyAsync(Record($"public {type} {{|EXP1052:{name}|}} {{ get; init; }}{(type == "string" ? " = \"\";" : "")}"));

    [Theory]
    [InlineData("public string PadToken { get; init; } = \"<pad>\";")]
    [InlineData("public string Tokenizer { get; init; } = \"bpe\";")]
    [InlineData("public int ApiKey { get; init; }")]
    [InlineData("public string SortKey { get; init; } = \"name\";")]
    [InlineData("public string Key { get; init; } = \"a\";")]
    [InlineData("public Secret Token { get; init; } = Secret.FromEnvironment(\"T\");")]
    public Task Texts_of_machine_learning_are_no_secrets(string property) => Analyzed.VerifyAsync(Record(property));

    [Theory]
    [InlineData("public string HfToken { get; init; } = \"\";", "public Secret HfToken { get; init; } = Secret.FromEnvironment(\"HF_TOKEN\");")]
    [InlineData("public string? Password { get; init; }", "public Secret? Password { get; init; }")]
    [InlineData("public required string ApiKey { get; init; }", "public required Secret ApiKey { get; init; }")]
    [InlineData("public string Token { get; init; } = Environment.GetEnvironmentVariable(\"HUB\") ?? \"\";", "public Secret Token { get; init; } = Secret.FromEnvironment(\"HUB\");")]
    public Task The_fix_makes_it_a_secret(string before, string after) => Fixed.VerifyAsync(new MakeSecretFix(), Record(before), Record(after));

    [Fact]
    public Task The_fix_of_a_written_secret_shows_where_it_is() => Fixed.VerifyAsync(new HideSecretFix(),
        Trainer("Console.WriteLine($\"with {Token.Reveal()}\");"), Trainer("Console.WriteLine($\"with {Token.ToString()}\");"));

    [Fact]
    public Task All_texts_of_a_file_are_made_secrets_at_once() => Fixed.VerifyAllAsync(new MakeSecretFix(),
        Record("public string Token { get; init; } = \"\";\n    public string? ApiKey { get; init; }"),
        Record("public Secret Token { get; init; } = Secret.FromEnvironment(\"TOKEN\");\n    public Secret? ApiKey { get; init; }"));

    private static string Record(string property) => $$"""
        [Experiment("upload", Id = "{Seed}"), Entrypoint("upload.py")]
        public sealed partial record Upload
        {
            public int Seed { get; init; }
            {{property}}
        }
        """;

    private static string Trainer(string statement) => $$"""
        [Experiment("upload", Id = "{Seed}")]
        public sealed partial record Upload
        {
            public int Seed { get; init; }
            public Secret Token { get; init; } = Secret.FromEnvironment("HF_TOKEN");
            public Secret? Spare { get; init; }

            public async Task RunAsync(RunContext run)
            {
                await Task.Yield();
                {{statement}}
            }
        }
        """;
}
