namespace Experiments.Benchmarks.Processes;

/// <summary>How long a command takes before it does anything: the published quick start beside a bare .NET program and Python.</summary>
internal static class StartUp
{
    private const int Rounds = 15;

    public static async Task<int> RunAsync()
    {
        var scratch = Directory.CreateTempSubdirectory("experiments-startup-").FullName;
        try
        {
            var hello = await Published.HelloAsync(scratch);
            var quickStart = await Published.ReadyToRunAsync("experiments/QuickStart", scratch, "QuickStart");
            var results = Path.Combine(scratch, "results");
            await Published.RunAsync(quickStart, "submit", "LearningRates", "--results", results);

            (string Name, string[] Command)[] entries =
            [
                ("/bin/true", ["/bin/true"]),
                ("python3 -c pass", ["/usr/bin/python3", "-c", "pass"]),
                ("dotnet hello.dll", ["dotnet", hello]),
                ("QuickStart --help", [quickStart, "--help"]),
                ("QuickStart plan", [quickStart, "plan", "LearningRates", "--results", results]),
                ("QuickStart status", [quickStart, "status", "--results", results]),
            ];
            var medians = ProcessTimer.MedianMilliseconds(Rounds, [.. entries.Select(entry => entry.Command)]);
            ProcessTable.Write($"start-up, median of {Rounds}", [.. entries.Select(entry => entry.Name)], medians, medians[2], "dotnet hello.dll");
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
