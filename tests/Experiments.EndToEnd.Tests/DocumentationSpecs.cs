using System.Text;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Everything that the README and the guide show compiles and runs.</summary>
public sealed class DocumentationSpecs(DocumentationSpecs.Shared shared) : IClassFixture<DocumentationSpecs.Shared>
{
    public static TheoryData<string> Pages => [.. Document.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Declarations_compile_without_a_warning(string page)
    {
        var blocks = Document.Read(page).Blocks.Where(block => block.Language == "csharp" && block.Role is "" or "statements").ToList();
        if (blocks.Count == 0)
            return;
        using var project = new ScratchProject();
        foreach (var block in blocks)
            project.Write($"Line{block.Line}.cs", Compilable(block));
        var build = (await project.BuildAsync()).Exits(0);
        Assert.DoesNotContain("warning", build.Output);
    }

    public static TheoryData<string, int, string> Mistakes
    {
        get
        {
            var mistakes = new TheoryData<string, int, string>();
            foreach (var page in Document.All)
            {
                foreach (var block in Document.Read(page).Blocks.Where(block => block.Role.StartsWith("error ", StringComparison.Ordinal)))
                    mistakes.Add(page, block.Line, block.Role["error ".Length..]);
            }

            return mistakes;
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task What_is_said_not_to_compile_does_not(string page, int line, string code)
    {
        using var project = new ScratchProject();
        project.Write("Mistake.cs", Compilable(Document.Read(page).Blocks.Single(block => block.Line == line)));
        Assert.Equal([code], ScratchProject.Errors((await project.BuildAsync()).Exits(1)).Select(error => error.Code).Distinct());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Commands_succeed_in_the_order_shown(string page)
    {
        var script = new StringBuilder("set -euxo pipefail\n");
        foreach (var block in Document.Read(page).Blocks.Where(block => block is { Language: "sh", Role: "" }))
            script.Append(block.Text);
        // They are typed at the root of the repository. Here they run elsewhere, so that results are not left in the sources,
        // and the README and the guide in one directory, so that the sweep they speak of runs once.
        using var own = page.StartsWith("experiments/", StringComparison.Ordinal) ? Shared.NewWorkspace() : null;
        var text = script.ToString().Replace(" experiments/", $" {Repository.Root}/experiments/").Replace(" src/", $" {Repository.Root}/src/");
        (await (own ?? shared.Workspace).ExecuteAsync("bash", "-c", text)).Exits(0);
    }

    [Fact]
    public void Every_block_has_a_role_that_a_test_knows() =>
        Assert.All(Document.All.SelectMany(page => Document.Read(page).Blocks), block => Assert.True(
            block.Language is "text" or "json" or "python" or "mermaid" or "xml"
            || block is { Language: "sh", Role: "" or "hello" or "pack" or "package" or "tests" or "script" or "weekend" }
            || block is { Language: "lua", Role: "neovim" } or { Language: "toml", Role: "helix" }
            || Path.GetExtension(block.Role) is ".csx" || block.Role.StartsWith("script error EXP", StringComparison.Ordinal)
            || block is { Language: "csharp", Role: "" or "statements" or "hello" }
            || (block.Language == "csharp" && block.Role.StartsWith("error EXP", StringComparison.Ordinal)),
            $"expected a known role, got `{block.Language} {block.Role}` at line {block.Line}"));

    private static string Compilable(Block block)
    {
        const string Usings = "using System.Collections.Immutable; using System.ComponentModel.DataAnnotations; using System.Text.Json.Serialization; using Experiments;";
        return block.Role == "statements"
            ? $"{Usings}\ninternal static class Line{block.Line}\n{{\n    public static async Task RunAsync()\n    {{\n#line {block.Line}\n{block.Text}\n    }}\n}}\n"
            : $"{Usings}\n#line {block.Line}\n{block.Text}";
    }

    /// <summary>Where the commands of all pages run.</summary>
    public sealed class Shared : IDisposable
    {
        internal Workspace Workspace { get; } = NewWorkspace();

        internal static Workspace NewWorkspace() => new() { Environment = { ["EXP_PYTHON"] = "/usr/bin/python3" } };

        public void Dispose() => Workspace.Dispose();
    }
}
