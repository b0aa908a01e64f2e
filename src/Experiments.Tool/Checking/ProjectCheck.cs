using System.Text.Json;
using Experiments.CommandLine;
using Experiments.Scripting;
using Experiments.Scripting.Compiling;

namespace Experiments.Tool.Checking;

/// <summary>What the SDK's own compiler says of a project.</summary>
internal static class ProjectCheck
{
    /// <summary>Asks the compiler for a log of this project, and to compile it though nothing may have changed. Projects that it refers to are built as always.</summary>
    private const string Targets = """
        <Project>
          <PropertyGroup Condition="'$(MSBuildProjectFullPath)' == '$(ExperimentsCheck)'">
            <ErrorLog>$(ExperimentsCheckLog),version=2.1</ErrorLog>
            <NonExistentFile>$(ExperimentsCheckLog).none</NonExistentFile>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>The project a word means; <see langword="null"/>: it is a script.</summary>
    /// <exception cref="ExperimentsException">EXP9014: nothing that can be checked, or a folder without a project or with several.</exception>
    public static string? Find(string file)
    {
        if (!Directory.Exists(file))
        {
            if (!File.Exists(file))
                throw new ExperimentsException("EXP9014", $"expected a script, a project or a folder at `{file}`, got nothing", "name a script or a project: `exp check sweep.csx`", ExitCode.NotFound);
            return Path.GetExtension(file).ToLowerInvariant() switch
            {
                ".csproj" => Path.GetFullPath(file),
                // Scripts that begin with `#!` need no extension.
                ScriptTarget.Extension or "" => null,
                _ => throw new ExperimentsException("EXP9014", $"expected a script (`{ScriptTarget.Extension}`), a project (`.csproj`) or a folder, got `{file}`", "Python trainers are checked with the script or project that declares their experiment"),
            };
        }

        var projects = Directory.GetFiles(file, "*.csproj");
        return projects is [var only]
            ? Path.GetFullPath(only)
            : throw new ExperimentsException("EXP9014", $"expected one project in `{Path.GetFullPath(file)}`, got {(projects.Length == 0 ? "none" : string.Join(", ", projects.Select(p => $"`{Path.GetFileName(p)}`").Order(StringComparer.Ordinal)))}",
                "name a script or a project: `exp check sweep.csx`");
    }

    /// <summary>Errors and warnings of a project.</summary>
    /// <exception cref="ExperimentsException">EXP9015: it can't be built far enough to be compiled.</exception>
    public static IReadOnlyList<ScriptProblem> Run(string project)
    {
        var folder = Directory.CreateTempSubdirectory("exp-check-").FullName;
        try
        {
            var (targets, log) = (Path.Combine(folder, "check.targets"), Path.Combine(folder, "log.sarif"));
            File.WriteAllText(targets, Targets);
            var (_, output) = Sdk.Run(
                ["build", project, "-t:Compile", "-nologo", "-v:quiet", "-clp:NoSummary", $"-p:CustomAfterMicrosoftCommonTargets={targets}", $"-p:ExperimentsCheck={project}", $"-p:ExperimentsCheckLog={log}"],
                Path.GetDirectoryName(project)!);
            if (!File.Exists(log))
            {
                throw new ExperimentsException("EXP9015", $"expected `{Path.GetFileName(project)}` to get as far as the compiler, got: {FirstError(output)}",
                    $"`dotnet build {Path.GetFileName(project)}` says more");
            }

            using var sarif = JsonDocument.Parse(File.ReadAllBytes(log));
            return [.. SarifLog.Read(sarif.RootElement).Distinct().OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FirstError(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.FirstOrDefault() ?? "no output";
    }
}
