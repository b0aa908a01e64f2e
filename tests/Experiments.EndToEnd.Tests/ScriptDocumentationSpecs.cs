using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>The scripts that the guide shows are what it says, and its settings of editors are understood by them.</summary>
public sealed class ScriptDocumentationSpecs : IDisposable
{
    private readonly Workspace _workspace = new("src/Experiments.Tool") { Environment = { ["EXP_PYTHON"] = "/usr/bin/python3" } };

    public ScriptDocumentationSpecs()
    {
        _workspace.Environment["EXP_CACHE"] = _workspace.PathOf("cache");
        _workspace.Environment["PATH"] = Path.GetDirectoryName(Repository.Tool) + ":" + Environment.GetEnvironmentVariable("PATH");
    }

    public void Dispose() => _workspace.Dispose();

    public static TheoryData<string> Pages => [.. Document.All.Where(page => Document.Read(page).Blocks.Any(block => block.Role.Contains("script", StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Scripts_have_no_problems_and_their_commands_succeed(string page)
    {
        var blocks = Document.Read(page).Blocks;
        foreach (var file in blocks.Where(block => Path.GetExtension(block.Role) == ".csx"))
            await File.WriteAllTextAsync(_workspace.PathOf(file.Role), file.Text);
        foreach (var file in blocks.Where(block => Path.GetExtension(block.Role) == ".csx"))
            Assert.Equal("1 file: 0 errors, 0 warnings\n", (await _workspace.RunAsync("check", file.Role)).Exits(0).Error);

        var commands = string.Concat(blocks.Where(block => block is { Language: "sh", Role: "script" }).Select(block => block.Text));
        (await _workspace.ExecuteAsync("bash", "-c", "set -euxo pipefail\n" + commands)).Exits(0);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task What_is_said_to_be_a_mistake_is_one(string page)
    {
        const string Role = "script error ";
        foreach (var block in Document.Read(page).Blocks.Where(block => block.Role.StartsWith(Role, StringComparison.Ordinal)))
        {
            await File.WriteAllTextAsync(_workspace.PathOf("mistake.csx"), block.Text);
            using var problems = JsonDocument.Parse((await _workspace.RunAsync("check", "mistake.csx", "--json")).Exits(2).Output);
            Assert.Equal([block.Role[Role.Length..]], problems.RootElement.EnumerateArray().Select(problem => problem.GetProperty("id").GetString()).Distinct());
        }
    }

    [Fact]
    public async Task Neovim_shows_mistakes_mends_them_and_completes_generated_members()
    {
        var fixtures = Repository.PathOf("tests", "Experiments.EndToEnd.Tests", "Fixtures", "Editor");
        File.Copy(Path.Combine(fixtures, "mistaken.csx"), _workspace.PathOf("mistaken.csx"));
        await File.WriteAllTextAsync(_workspace.PathOf("init.lua"), Document.Read("docs/guide/editors.md").Single("lua", "neovim"));

        // The distribution's Neovim is 0.7, which has no `vim.lsp.start` yet.
        var editor = (await _workspace.ExecuteAsync("nvim", "--headless", "-u", "NONE", "-S", Path.Combine(fixtures, "start.lua"), "-S", "init.lua", "-S", Path.Combine(fixtures, "neovim.lua"))).Exits(0);

        Assert.Equal("1:31 expected a property of `Curve`, got `LearningRat`; did you mean `LearningRate`?\nmended\ncompletion true true\n", (editor.Output + editor.Error).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Settings_of_Helix_name_a_server_that_they_define()
    {
        await File.WriteAllTextAsync(_workspace.PathOf("languages.toml"), Document.Read("docs/guide/editors.md").Single("toml", "helix"));

        var read = await _workspace.ExecuteAsync("/usr/bin/python3", "-c", """
            import tomllib
            settings = tomllib.load(open("languages.toml", "rb"))
            servers = settings["language-server"]
            print(*(servers[name]["command"] + " " + " ".join(servers[name]["args"]) for language in settings["language"] for name in language["language-servers"]))
            """);

        Assert.Equal("exp lsp\n", read.Exits(0).Output);
    }
}
