using System.IO.Compression;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>The package that people install, in a project outside of the repository.</summary>
public sealed class PackageSpecs(PackageFeed feed) : IClassFixture<PackageFeed>, IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Experiments" Version="0.1.0" />
          </ItemGroup>
        </Project>
        """;

    // `Sid` is no property: EXP2001, with the nearest name to mend it.
    private const string Program = """
        using Experiments;

        [Experiment("square", Id = "side{Sid}")]
        public partial record Square
        {
            public int Side { get; init; }
            public Task<Results> RunAsync(RunContext run) => Task.FromResult(new Results { Area = Side * Side });
            public partial record Results { [Metric(Goal.Maximize)] public double Area { get; init; } }
        }

        [Sweep] public partial record Sides : ISweep<Square> { [Values(1, 2, 3)] public int Side { get; init; } }
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_mistake_is_an_error_of_the_build_the_fix_mends_it_and_the_program_runs()
    {
        await feed.UseInAsync(_workspace);
        File.WriteAllText(_workspace.PathOf("Squares.csproj"), Project);
        File.WriteAllText(_workspace.PathOf("Program.cs"), Program);
        var failed = await BuildAsync();
        Assert.Equal(("Program.cs", 3, "EXP2001"), Assert.Single(ScratchProject.Errors(failed)));

        var mended = await PackedFixes.ApplyAsync(feed.Cache, Program, "EXP2001");
        Assert.Equal(Program.Replace("{Sid}", "{Side}"), mended);
        File.WriteAllText(_workspace.PathOf("Program.cs"), mended);
        var built = (await BuildAsync()).Exits(0);
        Assert.DoesNotContain("warning", built.Output);

        var run = (await _workspace.ExecuteAsync("dotnet", "run", "--no-build", "--", "run", "Sides")).Exits(0);
        Assert.Contains("3 runs completed", run.Output);
        Assert.True(Directory.Exists(_workspace.RunFile("side3")), run.Output);
    }

    [Fact]
    public async Task The_compiler_of_the_SDK_loads_the_packed_generator_and_takes_what_it_writes()
    {
        await feed.UseInAsync(_workspace);
        File.WriteAllText(_workspace.PathOf("Squares.csproj"), Project.Replace("</PropertyGroup>", "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles><UseSharedCompilation>false</UseSharedCompilation></PropertyGroup>"));
        File.WriteAllText(_workspace.PathOf("Program.cs"), Program.Replace("{Sid}", "{Side}"));
        var built = (await BuildAsync()).Exits(0);
        // CS9057: built on a newer compiler than this one; CS8785: it threw; CS8032: it could not be loaded.
        Assert.DoesNotMatch("CS9057|CS8785|CS8032|AD0001", built.Output + built.Error);
        var files = Directory.EnumerateFiles(_workspace.PathOf("obj"), "*.g.cs", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();
        Assert.Contains("Square.g.cs", files);
        Assert.Contains("Sides.Sweep.g.cs", files);
        Assert.Contains("ExperimentEntryPoint.g.cs", files);
    }

    [Fact]
    public async Task The_tool_installs_from_the_feed_and_runs()
    {
        await feed.UseInAsync(_workspace);
        (await _workspace.ExecuteAsync("dotnet", "tool", "install", "Experiments.Tool", "--tool-path", "tools", "--configfile", "nuget.config")).Exits(0);
        var help = (await _workspace.ExecuteAsync(_workspace.PathOf("tools", "exp"), "--help")).Exits(0);
        Assert.Contains("status", help.Output);
    }

    [Fact]
    public void It_holds_the_library_the_analyzers_the_build_items_and_what_a_reader_needs()
    {
        Assert.Equal(
            ["LICENSE", "README.md", "analyzers/dotnet/cs/Experiments.CodeFixes.dll", "analyzers/dotnet/cs/Experiments.Generators.dll",
                "buildTransitive/Experiments.targets",
                "content/project/.gitignore", "content/project/.template.config/template.json", "content/project/LearningRates.cs", "content/project/README.md", "content/project/Starter.csproj", "content/project/Training.cs",
                "content/sweep/.template.config/template.json", "content/sweep/Starter.csx",
                "content/trainer/.template.config/template.json", "content/trainer/Starter.csx", "content/trainer/Starter.py",
                "lib/net10.0/Experiments.dll", "lib/net10.0/Experiments.xml"],
            Entries("Experiments.0.1.0.nupkg").Where(name => !name.StartsWith('_') && !name.StartsWith('[') && !name.StartsWith("package/", StringComparison.Ordinal) && !name.EndsWith(".nuspec", StringComparison.Ordinal)));
        foreach (var package in new[] { "Experiments", "Experiments.Core", "Experiments.Registry", "Experiments.Runtime", "Experiments.CommandLine" })
            Assert.Contains($"lib/net10.0/{package}.pdb", Entries($"{package}.0.1.0.snupkg"));
    }

    [Fact]
    public async Task Two_packs_are_the_same_to_the_byte()
    {
        // A zip keeps times in steps of two seconds: the second pack must fall into another one.
        var first = File.GetLastWriteTimeUtc(Path.Combine(feed.Folder, "Experiments.0.1.0.nupkg"));
        await Workspace.UntilAsync("the clock to have moved on", () => DateTime.UtcNow - first > TimeSpan.FromSeconds(3));
        await feed.PackAsync("Experiments", _workspace.PathOf("again"));
        foreach (var file in new[] { "Experiments.0.1.0.nupkg", "Experiments.0.1.0.snupkg" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(feed.Folder, file)), File.ReadAllBytes(_workspace.PathOf("again", file)));
    }

    private Task<CommandResult> BuildAsync() => _workspace.ExecuteAsync("dotnet", "build", "-consoleLoggerParameters:NoSummary", "-verbosity:quiet");

    private IEnumerable<string> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(feed.Folder, package));
        return [.. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
    }
}
