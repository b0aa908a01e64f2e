using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>The first project of a newcomer, in an empty directory, made as the README says.</summary>
public sealed class NewProjectSpecs : IDisposable
{
    private static readonly Document Readme = Document.Read("README.md");

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_project_made_by_hand_from_the_readme_runs()
    {
        File.WriteAllText(_workspace.PathOf("Hello.csproj"), Readme.Single("xml", "hello").Replace("../experiments/", Repository.Root + "/"));
        File.WriteAllText(_workspace.PathOf("Program.cs"), Readme.Single("csharp", "hello"));
        var run = (await BashAsync(Readme.Single("sh", "hello"))).Exits(0);
        Assert.Contains("9 runs completed", run.Output);
        Assert.Matches(@"1\s+x2\s+0", run.Output);
    }

    [Fact]
    public async Task A_program_of_one_file_has_its_statements_first_and_its_records_below()
    {
        File.WriteAllText(_workspace.PathOf("Hello.csproj"), Readme.Single("xml", "hello").Replace("../experiments/", Repository.Root + "/"));
        var declarations = Readme.Single("csharp", "hello").Replace("using Experiments;", "");
        File.WriteAllText(_workspace.PathOf("Program.cs"), $$"""
            using Experiments;

            await using var lab = await Lab.OpenAsync("results");
            var line = await lab.RunAsync<Line>();
            Console.WriteLine($"smallest at {line.Best(r => r.Y).Config.X}, of {Line.Count}");

            {{declarations}}
            """);
        Assert.EndsWith("smallest at 2, of 9\n", (await BashAsync("dotnet run")).Exits(0).Output);
    }

    [Fact]
    public async Task A_project_of_dotnet_new_with_the_package_runs()
    {
        // Our packages must not stay in the folder that everybody else's are in.
        var commands = Readme.Single("sh", "pack").Replace("../experiments", Repository.Root).Replace("--configuration Release", $"--configuration {Repository.Configuration}");
        (await BashAsync(commands)).Exits(0);
        _workspace.Environment["NUGET_PACKAGES"] = _workspace.PathOf("cache");
        (await BashAsync(Readme.Single("sh", "package"))).Exits(0);

        File.WriteAllText(_workspace.PathOf("Hello", "Program.cs"), Readme.Single("csharp", "hello"));
        Assert.Contains("9 runs completed", (await BashAsync("cd Hello\n" + Readme.Single("sh", "hello"))).Exits(0).Output);

        // The package holds the templates too. What `dotnet new` remembers stays here.
        _workspace.Environment["DOTNET_CLI_HOME"] = _workspace.PathOf("home");
        (await BashAsync("dotnet new install ./packages/Experiments.[0-9]*.nupkg && dotnet new exp-project --name Another")).Exits(0);
        Assert.Contains("9 runs completed", (await BashAsync("cd Another && dotnet run -- run LearningRates")).Exits(0).Output);
    }

    private Task<CommandResult> BashAsync(string commands) => _workspace.ExecuteAsync("bash", "-euxo", "pipefail", "-c", commands);
}
