using System.Text.Json.Nodes;

namespace Experiments.Scripting.Tests;

/// <summary>What an editor gets from the language server.</summary>
public sealed class LanguageServerSpecs : IDisposable
{
    private const string Script = """
        using System.ComponentModel.DataAnnotations;

        const int SeedCount = 3;
        var greeting = "hello";
        WriteLine(greeting);

        /// <summary>Bends a curve.</summary>
        [Experiment("curve", Id = "lr{LearningRate}_s{Seed}")]
        public sealed partial record Curve
        {
            /// <summary>Step size.</summary>
            [Range(1e-6, 10.0)] public double LearningRate { get; init; } = 0.1;
            public int Seed { get; init; }

            public Task RunAsync(RunContext run) => Task.CompletedTask;
        }

        [Sweep]
        public sealed partial record Rates : ISweep<Curve>
        {
            [Values(0.1, 0.3, 1.0)] public double LearningRate { get; init; }
            [Seeds(SeedCount)] public int Seed { get; init; }
        }

        var curve = new Curve { LearningRate = 0.5 };
        WriteLine(curve.Id);
        """;

    private readonly ScriptFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Folder, "sweep.csx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_without_mistakes_has_no_diagnostics()
    {
        using var editor = await OpenAsync(Script);

        Assert.Empty(await editor.DiagnosticsAsync(FilePath));
    }

    [Fact]
    public async Task Mistakes_come_and_go_with_edits()
    {
        using var editor = await OpenAsync(Script);
        Assert.Empty(await editor.DiagnosticsAsync(FilePath));

        // `LearningRate` in the id becomes `LearningRat`: the hole is at fault.
        editor.Edit(FilePath, 7, 41, 42, "");
        Assert.Contains("8:31 EXP2001", await editor.DiagnosticsAsync(FilePath));

        editor.Edit(FilePath, 7, 41, 41, "e");
        Assert.Empty(await editor.DiagnosticsAsync(FilePath));

        editor.Edit(FilePath, 4, 0, 9, "WriteLin");
        Assert.Equal(["5:1 CS0103"], await editor.DiagnosticsAsync(FilePath));
    }

    [Fact]
    public async Task Garbage_is_survived()
    {
        using var editor = await OpenAsync(Script);
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
            editor.Edit(FilePath, random.Next(0, 24), 0, random.Next(0, 20), new string([.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => "{}[]();\"'#$@/*\n usingrecord"[random.Next(27)])]));

        await editor.DiagnosticsAsync(FilePath);
        await editor.OfAsync("textDocument/documentSymbol", FilePath);
        await editor.OfAsync("textDocument/semanticTokens/full", FilePath);
    }

    [Theory]
    [InlineData("curve.|Id", "Id")]
    [InlineData("curve.|Id", "LearningRate")]
    [InlineData("Write|Line(curve", "WriteLine")]
    [InlineData("Write|Line(curve", "greeting")]
    [InlineData("Write|Line(curve", "await")]
    [InlineData("[See|ds(", "Seeds")]
    [InlineData("[See|ds(", "LogSpace")]
    [InlineData("lr{|Learn", "LearningRate")]
    [InlineData("lr{|Learn", "Seed")]
    [InlineData("Task.|CompletedTask", "FromResult")]
    [InlineData("Curve { |LearningRate = 0.5", "Seed")]
    public async Task Completion_offers(string place, string name)
    {
        using var editor = await OpenAsync(Script);

        var items = (await editor.AtAsync("textDocument/completion", FilePath, Script, place))!.AsArray();

        Assert.Contains(items, i => i!["label"]!.GetValue<string>() == name);
    }

    [Fact]
    public async Task Hovering_over_a_sweep_shows_what_was_proved_of_it()
    {
        using var editor = await OpenAsync(Script);

        var text = (await editor.AtAsync("textDocument/hover", FilePath, Script, "record Ra|tes"))!["contents"]!["value"]!.GetValue<string>();

        Assert.Contains("9 runs", text, StringComparison.Ordinal);
        Assert.Contains("lr0.1_s0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hovering_shows_type_and_documentation()
    {
        using var editor = await OpenAsync(Script);

        var own = (await editor.AtAsync("textDocument/hover", FilePath, Script, "Curve { Learning|Rate = 0.5"))!["contents"]!["value"]!.GetValue<string>();
        var framework = (await editor.AtAsync("textDocument/hover", FilePath, Script, "Task.Completed|Task"))!["contents"]!["value"]!.GetValue<string>();

        Assert.Contains("double Curve.LearningRate", own, StringComparison.Ordinal);
        Assert.Contains("Step size.", own, StringComparison.Ordinal);
        Assert.Contains("completed", framework, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Curve { Learning|Rate = 0.5", 11)]
    [InlineData("WriteLine(gree|ting)", 3)]
    [InlineData("Seeds(Seed|Count)", 2)]
    [InlineData("ISweep<Cur|ve>", 8)]
    [InlineData("curve.I|d)", 8)]
    public async Task Definition_leads_to_the_declaration(string place, int line)
    {
        using var editor = await OpenAsync(Script);

        var places = (await editor.AtAsync("textDocument/definition", FilePath, Script, place))!.AsArray();

        Assert.Equal(line, Assert.Single(places)!["range"]!["start"]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task Renaming_a_property_renames_it_in_statements_types_and_the_run_id()
    {
        using var editor = await OpenAsync(Script);

        var edit = await editor.AtAsync("textDocument/rename", FilePath, Script, "public double Learning|Rate { get; init; } = 0.1", new JsonObject { ["newName"] = "Rate" });
        var renamed = EditorClient.Apply(Script, edit!, FilePath);

        Assert.Contains("public double Rate { get; init; } = 0.1;", renamed, StringComparison.Ordinal);
        Assert.Contains("lr{Rate}_s{Seed}", renamed, StringComparison.Ordinal);
        Assert.Contains("new Curve { Rate = 0.5 }", renamed, StringComparison.Ordinal);
        // The sweep's axis is a property of its own.
        Assert.Contains("[Values(0.1, 0.3, 1.0)] public double LearningRate", renamed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renaming_a_constant_renames_it_in_attributes()
    {
        using var editor = await OpenAsync(Script);

        var edit = await editor.AtAsync("textDocument/rename", FilePath, Script, "const int Seed|Count", new JsonObject { ["newName"] = "N" });

        Assert.Contains("[Seeds(N)]", EditorClient.Apply(Script, edit!, FilePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_fixes_are_on_offer()
    {
        var wrong = Script.Replace("lr{LearningRate}", "lr{LearningRat}", StringComparison.Ordinal);
        using var editor = await OpenAsync(wrong);

        var actions = (await editor.OfAsync("textDocument/codeAction", FilePath,
            new JsonObject { ["range"] = EditorClient.Range(7, 32, 7, 32), ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() } }))!.AsArray();

        var action = Assert.Single(actions)!;
        Assert.Contains("LearningRate", action["title"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(Script, EditorClient.Apply(wrong, action["edit"]!, FilePath));
    }

    [Fact]
    public async Task Formatting_changes_white_space_only()
    {
        const string crooked = "var x=1;\nif(x==1){\nWriteLine( x );\n}\nusing var t = new StringWriter();\nrecord   P(int X);\n";
        using var editor = await OpenAsync(crooked);

        var formatted = EditorClient.ApplyEdits(crooked, (await editor.OfAsync("textDocument/formatting", FilePath))!.AsArray());

        Assert.Equal("var x = 1;\nif (x == 1)\n{\n    WriteLine(x);\n}\nusing var t = new StringWriter();\nrecord P(int X);\n", formatted.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Symbols_are_a_tree()
    {
        using var editor = await OpenAsync(Script);

        var symbols = (await editor.OfAsync("textDocument/documentSymbol", FilePath))!.AsArray();

        Assert.Equal(["SeedCount", "greeting", "Curve", "Rates", "curve"], symbols.Select(s => s!["name"]!.GetValue<string>()));
        Assert.Equal(["LearningRate", "Seed", "RunAsync"], symbols[2]!["children"]!.AsArray().Select(s => s!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Words_have_kinds()
    {
        using var editor = await OpenAsync("var x = 1;\nrecord P(int X);\n");

        var data = (await editor.OfAsync("textDocument/semanticTokens/full", FilePath))!["data"]!.AsArray().Select(n => n!.GetValue<int>()).Chunk(5).ToList();

        // `var`, `x` and `1` of the first line.
        Assert.Equal([0, 0, 3], data[0][..3]);
        Assert.Equal("variable", LanguageServer.Features.SemanticTokens.Types[data[1][3]]);
        Assert.Contains(data, word => LanguageServer.Features.SemanticTokens.Types[word[3]] == "class");
    }

    [Fact]
    public async Task A_mistake_in_a_loaded_script_is_reported_in_that_file()
    {
        var loaded = _folder.Write("lib.csx", "int y = \"text\";");
        using var editor = await EditorClient.StartAsync(_folder);

        editor.Open(FilePath, "#load \"lib.csx\"\nWriteLine(y);");
        Assert.Empty(await editor.DiagnosticsAsync(FilePath));

        editor.Open(loaded, "int y = \"text\";");
        Assert.Equal(["1:9 CS0029"], await editor.DiagnosticsAsync(loaded));
    }

    [Fact]
    public async Task Unknown_requests_are_refused_and_goodbye_is_said()
    {
        using var editor = await EditorClient.StartAsync(_folder);

        Assert.Equal(-32601, (await editor.AnswerAsync("workspace/symbol", new JsonObject()))["error"]!["code"]!.GetValue<int>());
        await editor.RequestAsync("shutdown", new JsonObject());
        editor.Notify("exit", new JsonObject());

        Assert.Equal(0, await editor.Server);
    }

    private async Task<EditorClient> OpenAsync(string text)
    {
        var editor = await EditorClient.StartAsync(_folder);
        editor.Open(FilePath, text);
        return editor;
    }
}
