using System.Text;
using Experiments.CodeFixes;
using Experiments.Generators.Analyzers;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Experiments.Generators.Tests.Analyzers;

/// <summary>
/// <c>docs/rules/README.md</c> is written by this test from the rules, the fixes and the titles of the pages when <c>EXP_UPDATE_INDEX=1</c> is set, and
/// compared with them otherwise.
/// </summary>
public class RuleIndexTests
{
    private static readonly string _pages = Checkout.PathOf("docs", "rules");

    [Fact]
    public void The_index_is_what_rules_fixes_and_pages_say()
    {
        var path = Path.Combine(_pages, "README.md");
        var index = Index();
        if (Environment.GetEnvironmentVariable("EXP_UPDATE_INDEX") == "1")
            File.WriteAllText(path, index);
        Assert.Equal(index, File.ReadAllText(path));
    }

    [Fact]
    public void A_page_does_not_say_that_there_is_no_fix_where_there_is_one() =>
        Assert.All(Fixable(), id => Assert.DoesNotContain("| Fix | none |", File.ReadAllText(Path.Combine(_pages, id + ".md")), StringComparison.Ordinal));

    private static string Index()
    {
        var fixable = Fixable();
        var text = new StringBuilder("""
            # Rules and errors

            One catalogue of codes, for the compiler and for the commands. This page is generated: after adding a rule or a page, run
            `EXP_UPDATE_INDEX=1 dotnet test tests/Experiments.Generators.Tests --filter RuleIndexTests`.

            ## Checked at compile time

            | code | title | severity | fix |
            |---|---|---|---|

            """);
        foreach (var rule in Rules.All.Concat(GeneratorRules.All).OrderBy(rule => rule.Id, StringComparer.Ordinal))
            text.Append($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity.ToString().ToLowerInvariant()} | {(fixable.Contains(rule.Id) ? "yes" : "")} |\n");
        text.Append("""

            ## Found when a command runs

            | code | title |
            |---|---|

            """);
        var compiled = Rules.All.Concat(GeneratorRules.All).Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var page in Directory.EnumerateFiles(_pages, "EXP*.md").Order(StringComparer.Ordinal))
        {
            var code = Path.GetFileNameWithoutExtension(page);
            if (!compiled.Contains(code))
                text.Append($"| [{code}]({code}.md) | {File.ReadLines(page).First()[$"# {code}: ".Length..]} |\n");
        }

        return text.ToString();
    }

    private static HashSet<string> Fixable() =>
    [
        .. typeof(AddPartialFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds),
    ];
}
