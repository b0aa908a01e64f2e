using System.Xml.Linq;
using Xunit;

namespace Experiments.House.Tests;

public class DependencySpecs
{
    /// <summary>What each project may reference: the arrows of docs/architecture.md.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Experiments.Core"] = [],
        ["Experiments.Registry"] = ["Experiments.Core"],
        ["Experiments.Runtime"] = ["Experiments.Registry"],
        ["Experiments.CommandLine"] = ["Experiments.Runtime"],
        ["Experiments"] = ["Experiments.CommandLine"],
        ["Experiments.Scripting"] = ["Experiments"],
        ["Experiments.Tool"] = ["Experiments.Scripting"],
    };

    [Fact]
    public void Dependencies_of_the_source_projects_point_one_way()
    {
        var actual = Repository.Files("src", "*.csproj").ToDictionary(
            project => Path.GetFileNameWithoutExtension(project),
            project => References(project, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference)).Where(IsSource).ToArray());

        Assert.Equal(Allowed.OrderBy(pair => pair.Key), actual.OrderBy(pair => pair.Key), (a, b) => a.Key == b.Key && a.Value.SequenceEqual(b.Value));
    }

    [Fact]
    public void The_core_depends_on_nothing_but_the_framework() =>
        Assert.Empty(References("src/Experiments.Core/Experiments.Core.csproj", "PackageReference"));

    [Fact]
    public void Roslyn_is_not_dragged_into_the_programs_of_people() =>
        Assert.DoesNotContain(
            AppDomain.CurrentDomain.GetAssemblies().SelectMany(assembly => assembly.GetReferencedAssemblies()),
            name => name.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    [Fact]
    public void Analyzers_do_not_reference_workspaces() =>
        Assert.DoesNotContain(
            References("generators/Experiments.Generators/Experiments.Generators.csproj", "PackageReference"),
            name => name.Contains("Workspaces"));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Experiments.sln").Replace('\\', '/');
        var missing = new[] { "src", "generators", "tests", "experiments", "benchmarks" }
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(project => !solution.Contains($"\"{project}\""));
        Assert.Empty(missing);
    }

    private static bool IsSource(string project) => Allowed.ContainsKey(project);

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Parse(Repository.Read(project)).Descendants(kind).Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));
}
