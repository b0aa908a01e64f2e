using System.Text.RegularExpressions;

namespace Experiments.EndToEnd.Tests;

/// <summary>A project in an empty directory, outside the repository, that uses Experiments from the checkout.</summary>
internal sealed partial class ScratchProject : IDisposable
{
    private readonly Workspace _workspace = new();

    public ScratchProject() => Write("Scratch.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <Import Project="{Repository.PathOf("src", "Experiments", "Checkout.targets")}" />
        </Project>
        """);

    /// <summary>Writes a file of it, in folders that are made for it.</summary>
    public void Write(string file, string text)
    {
        var path = _workspace.PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Builds it. What it references was built with these tests.</summary>
    public Task<CommandResult> BuildAsync() => _workspace.ExecuteAsync("dotnet", "build",
        "--configuration", Repository.Configuration, "-property:BuildProjectReferences=false", "-consoleLoggerParameters:NoSummary", "-verbosity:quiet");

    /// <summary>Runs the program it was built into.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) =>
        _workspace.ExecuteAsync(_workspace.PathOf("bin", Repository.Configuration, "net10.0", "Scratch"), arguments);

    /// <summary>Reads a file of it.</summary>
    public string Read(string file) => File.ReadAllText(_workspace.PathOf(file));

    /// <summary>The errors that a build printed: file, line and code.</summary>
    public static IReadOnlyList<(string File, int Line, string Code)> Errors(CommandResult build) =>
    [
        .. ErrorLine().Matches(build.Output)
            .Select(match => (Path.GetFileName(match.Groups["file"].Value), int.Parse(match.Groups["line"].Value), match.Groups["code"].Value))
            .Distinct(),
    ];

    public void Dispose() => _workspace.Dispose();

    [GeneratedRegex(@"^(?<file>.+)\((?<line>\d+),\d+\): error (?<code>\w+):", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
