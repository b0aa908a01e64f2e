using System.Text.RegularExpressions;
using Xunit;

namespace Experiments.House.Tests;

public partial class TidySpecs
{
    /// <summary>A file is read in one sitting. The limit only ever goes down.</summary>
    private const int LinesMax = 350;

    [Fact]
    public void Source_files_are_read_in_one_sitting()
    {
        var long_ = new[] { "src", "generators", "experiments" }
            .SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Select(file => (File: file, Lines: Repository.Read(file).Count(c => c == '\n')))
            .Where(entry => entry.Lines > LinesMax);
        Assert.Empty(long_);
    }

    [Fact]
    public void No_error_is_swallowed_in_silence()
    {
        var silent = Sources().Where(file => EmptyCatch().IsMatch(Repository.Read(file)));
        Assert.Empty(silent);
    }

    [Fact]
    public void Nothing_unfinished_is_left_in_the_sources()
    {
        var unfinished = Sources().Where(file => Unfinished().IsMatch(Repository.Read(file)));
        Assert.Empty(unfinished);
    }

    /// <summary>Either takes hundreds of milliseconds at every keystroke; <c>Invocations</c> says how to do without.</summary>
    [Fact]
    public void No_analyzer_has_the_whole_program_bound()
    {
        var costly = Repository.Files("generators/Experiments.Generators/Analyzers", "*.cs")
            .Where(file => Repository.Read(file) is var text && (text.Contains(".GetTypeByMetadataName(") || text.Contains(".RegisterOperationAction(")));
        Assert.Empty(costly);
    }

    [Fact]
    public void Every_error_code_is_documented()
    {
        var index = Repository.Read("docs/rules/README.md");
        var codes = Sources().SelectMany(file => Code().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value)).Distinct();
        Assert.All(codes, code => Assert.True(index.Contains($"[{code}]({code}.md)") && File.Exists(Path.Combine(Repository.Root, "docs/rules", code + ".md")), code));
    }

    [Fact]
    public void Every_decision_is_in_the_index()
    {
        var index = Repository.Read("docs/decisions/README.md");
        var decisions = Repository.Files("docs/decisions", "*.md").Select(file => Path.GetFileName(file)).Where(name => name != "README.md");
        Assert.All(decisions, name => Assert.Contains($"({name})", index));
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var dead = Repository.Files("docs", "*.md").Append("README.md").Append("CONTRIBUTING.md")
            .SelectMany(file => Link().Matches(Repository.Read(file)).Select(match => (File: file, Target: match.Groups[1].Value)))
            .Where(link => !link.Target.Contains("://") && !Exists(link.File, link.Target));
        Assert.Empty(dead);
    }

    private static bool Exists(string file, string target)
    {
        var path = Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target.Split('#')[0]);
        return target.StartsWith('#') || File.Exists(path) || Directory.Exists(path);
    }

    private static IEnumerable<string> Sources() => Repository.Files("src", "*.cs").Concat(Repository.Files("generators", "*.cs"));

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*(when\s*\([^)]*\)\s*)?\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex("NotImplementedException|TODO|FIXME|HACK")]
    private static partial Regex Unfinished();

    [GeneratedRegex("\"(EXP[0-9]{4})\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
