using System.Text.RegularExpressions;
using Experiments.Generators.Analyzers;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Tests.Analyzers;

/// <summary>The pages of the rules are specifications: what they call wrong is reported, what they call right is not.</summary>
public partial class RulePageTests
{
    private static readonly string _pages = Checkout.PathOf("docs", "rules");

    public static TheoryData<string> RuleIds => [.. Rules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(RuleIds))]
    public async Task What_the_page_calls_wrong_is_reported(string id)
    {
        var diagnostics = await Analyzed.DiagnosticsAsync(Block(id, "Wrong"), Find(id, "Lock", "json"), Files(id));
        Assert.Equal([id], diagnostics.Select(d => d.Id).Distinct());
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public async Task What_the_page_calls_right_is_not(string id)
    {
        var source = Block(id, "Right");
        Assert.Empty(await Analyzed.DiagnosticsAsync(source, Find(id, "Lock afterwards", "json") ?? Find(id, "Lock", "json"), Files(id)));
        Assert.Empty(Compiled.From(source).Problems);
    }

    public static TheoryData<string> EveryId => [.. Rules.All.Concat(GeneratorRules.All).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(EveryId))]
    public void The_page_says_what_the_rule_is(string id)
    {
        var rule = Rules.All.Concat(GeneratorRules.All).Single(r => r.Id == id);
        var page = Page(id);

        Assert.StartsWith($"# {id}: {rule.Title}\n", page);
        Assert.Contains($"| Category | {rule.Category} |", page);
        Assert.Contains($"| Severity | {rule.DefaultSeverity} |", page);
        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri);
    }

    [Fact]
    public void Every_id_that_parsing_reports_has_a_rule()
    {
        var known = Rules.All.Select(rule => rule.Id);
        var constants = typeof(Parsing.RuleIds).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(constants.Order(), known.Order());
    }

    private static string Page(string id) => File.ReadAllText(Path.Combine(_pages, id + ".md"));

    private static string Block(string id, string heading)
    {
        var block = Find(id, heading, "csharp");
        Assert.True(block is not null, $"expected a block after **{heading}** in {id}.md");
        return block;
    }

    /// <summary>Files that a page shows under their paths: <c>**`train.py`**</c>. Folders below <c>tools/</c> are the tools there are.</summary>
    private static PythonFiles? Files(string id)
    {
        var files = Regex.Matches(Page(id), @"\*\*`([^`]+)`\*\*\n\n```[a-z]+\n(.*?)```", RegexOptions.Singleline).Select(match => (Path: match.Groups[1].Value, Text: match.Groups[2].Value)).ToArray();
        var tools = files.Where(file => file.Path.StartsWith("tools/", StringComparison.Ordinal)).Select(file => file.Path.Split('/')[1]).Distinct();
        return files.Length == 0 ? null : new PythonFiles(files).WithTools([.. tools]);
    }

    private static string? Find(string id, string heading, string language) =>
        Regex.Match(Page(id), $@"\*\*{heading}\*\*\n\n```{language}\n(.*?)```", RegexOptions.Singleline) is { Success: true } match ? match.Groups[1].Value : null;
}
