using Experiments.Benchmarks.Processes;

namespace Experiments.Benchmarks.Scripts;

/// <summary>How long a script takes before it does anything, kept and just edited, beside the SDK's single files and Python.</summary>
internal static class ScriptStart
{
    private const int Rounds = 9;

    public static async Task<int> RunAsync()
    {
        var scratch = Directory.CreateTempSubdirectory("experiments-scripts-").FullName;
        try
        {
            var hello = await Published.HelloAsync(scratch);
            var exp = await Published.ReadyToRunAsync("src/Experiments.Tool", scratch, "exp");
            var (script, edited, single, program) = (Path.Combine(scratch, "kept.csx"), Path.Combine(scratch, "edited.csx"), Path.Combine(scratch, "single.cs"), Path.Combine(scratch, "edited.cs"));
            foreach (var path in new[] { script, edited })
                await File.WriteAllTextAsync(path, ScriptText.Of(60));
            foreach (var path in new[] { single, program })
                await File.WriteAllTextAsync(path, "#:property PublishAot=false\nSystem.Console.WriteLine(\"hello\");\n");
            var cache = $"EXP_CACHE={Path.Combine(scratch, "cache")}";
            string[] Edited(string path, string command) => ["/bin/sh", "-c", $"echo \"// $$ $(date +%N)\" >> {path} && exec {command}"];

            List<(string Name, string[] Command)> entries =
            [
                ("`dotnet hello.dll`", ["dotnet", hello]),
                ("`exp kept.csx`, 60 lines", ["/usr/bin/env", cache, exp, script]),
                ("`exp edited.csx`, 60 lines, edited before each", Edited(edited, $"env {cache} {exp} {edited}")),
                ("`dotnet run single.cs`, one line", ["dotnet", "run", single]),
                ("`dotnet run edited.cs`, one line, edited before each", Edited(program, $"dotnet run {program}")),
            ];
            if (HasOptuna())
                entries.Add(("`python3 -c 'import optuna'`", ["/usr/bin/python3", "-c", "import optuna"]));
            var medians = ProcessTimer.MedianMilliseconds(Rounds, [.. entries.Select(entry => entry.Command)]);
            ProcessTable.Write($"scripts, median of {Rounds}", [.. entries.Select(entry => entry.Name)], medians, medians[0], "dotnet hello.dll");
            await EditLatency.RunAsync(exp, scratch);
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static bool HasOptuna()
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/usr/bin/python3", ["-c", "import optuna"]) { RedirectStandardError = true });
        process!.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
