using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary><c>exp check</c>: what is wrong with scripts and projects, for people, editors and code hosts.</summary>
public sealed class CheckSpecs : IDisposable
{
    private readonly Workspace _workspace = new("src/Experiments.Tool");

    public CheckSpecs()
    {
        _workspace.Environment["EXP_CACHE"] = _workspace.PathOf("cache");
        // What the project references was built with these tests.
        _workspace.Environment["Configuration"] = Repository.Configuration;
        _workspace.Environment["BuildProjectReferences"] = "false";
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_project_is_checked_even_when_nothing_has_changed_since_it_was_built()
    {
        WriteProject("Id = \"lr{LearningRat}\"");

        for (var i = 0; i < 2; i++)
        {
            var check = (await _workspace.RunAsync("check")).Exits(2);
            Assert.Equal("Curve.cs(3,31): error EXP2001: expected a property of `Curve`, got `LearningRat`; did you mean `LearningRate`?\n1 file: 1 error, 0 warnings\n", check.Error);
        }

        WriteProject("Id = \"lr{LearningRate}\"");
        Assert.Equal("1 file: 0 errors, 0 warnings\n", (await _workspace.RunAsync("check", "Scratch.csproj")).Exits(0).Error);
    }

    [Fact]
    public async Task A_log_for_code_hosts_names_rule_page_and_place()
    {
        var script = Write("curve.csx", "[Experiment(\"curve\", Id = \"lr{LearningRat}\")]\npublic partial record Curve { public double LearningRate { get; init; } public Task RunAsync(RunContext run) => Task.CompletedTask; }\n");

        (await _workspace.RunAsync("check", script, "--sarif", "log.sarif")).Exits(2);

        using var log = JsonDocument.Parse(await File.ReadAllBytesAsync(_workspace.PathOf("log.sarif")));
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        var run = Assert.Single(log.RootElement.GetProperty("runs").EnumerateArray());
        var rule = Assert.Single(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray());
        Assert.EndsWith("docs/rules/EXP2001.md", rule.GetProperty("helpUri").GetString(), StringComparison.Ordinal);
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal(("EXP2001", "error"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(new Uri(script).AbsoluteUri, place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((1, 31), (place.GetProperty("region").GetProperty("startLine").GetInt32(), place.GetProperty("region").GetProperty("startColumn").GetInt32()));
    }

    [Fact]
    public async Task A_project_that_does_not_reach_the_compiler_and_a_folder_without_one_are_errors_of_ours()
    {
        Assert.Contains("EXP9014", (await _workspace.RunAsync("check")).Exits(2).Error);

        Write("Scratch.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup></Project>");
        var broken = (await _workspace.RunAsync("check")).Exits(2);
        Assert.StartsWith("error EXP9015: expected `Scratch.csproj` to get as far as the compiler, got: ", broken.Error, StringComparison.Ordinal);
        Assert.Contains("MSB4025", broken.Error);
    }

    [Fact]
    public async Task What_an_edit_does_to_runs_that_exist_is_said_from_the_lock_of_a_script()
    {
        const string Before = "[Experiment(\"curve\", Id = \"lr{LearningRate}\")]\npublic partial record Curve { public double LearningRate { get; init; } = 0.1; public int Epochs { get; init; } = 5; public Task RunAsync(RunContext run) => Task.CompletedTask; }\n"
            + "[Sweep] public partial record Rates : ISweep<Curve> { [Values(0.1, 0.2)] public double LearningRate { get; init; } }\n";
        var script = Write("curve.csx", Before);
        (await _workspace.RunAsync("plan", script, "--lock")).Exits(0);
        Assert.True(File.Exists(_workspace.PathOf("curve.lock.json")));
        Assert.DoesNotContain("EXP205", (await _workspace.RunAsync("check", script)).Exits(0).Error);

        Write("curve.csx", Before.Replace("Epochs { get; init; } = 5", "Epochs { get; init; } = 6", StringComparison.Ordinal));

        var check = await _workspace.RunAsync("check", script);
        Assert.Matches(@"^curve\.csx\(2,\d+\): (warning|error) EXP205\d: .*`?5`?.*6", check.Error);
    }

    private void WriteProject(string id)
    {
        Write("Scratch.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <Import Project="{Repository.PathOf("src", "Experiments", "Checkout.targets")}" />
            </Project>
            """);
        Write("Curve.cs", $$"""
            using Experiments;

            [Experiment("curve", {{id}})]
            public sealed partial record Curve
            {
                public double LearningRate { get; init; } = 0.1;
                public Task RunAsync(RunContext run) => Task.CompletedTask;
            }
            """);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_workspace.PathOf(name), text);
        return _workspace.PathOf(name);
    }
}
