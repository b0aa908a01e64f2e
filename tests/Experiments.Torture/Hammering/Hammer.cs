using System.Diagnostics;
using System.Globalization;
using Experiments.Registry;

namespace Experiments.Torture.Hammering;

/// <summary>
/// Many processes on one registry, all doing everything at once. With <c>--kills</c>, processes are killed at random moments
/// and replaced. Afterwards nothing may be lost, doubled or stuck, and no process may have seen an error.
/// </summary>
internal static class Hammer
{
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var settings = new Settings(words);
        var (processes, seconds, kills, seed) = (settings.Number("processes", 16), settings.Number("seconds", 60), settings.Number("kills", 0), settings.Number("seed", Environment.TickCount));
        var directory = Directory.CreateTempSubdirectory("hammer-").FullName;
        Console.WriteLine($"{processes} processes, {seconds} s, {kills} kills, seed {seed}, results root {directory}");
        await using (await SqliteRegistry.OpenAsync(ResultsRoot.At(directory), new RegistryOptions()))
        {
        }

        var results = kills > 0 ? await KillAsync(directory, processes, kills, new Random(seed)) : await HammerAsync(directory, processes, seconds);
        var problems = await Checker.ProblemsAsync(directory);
        problems.AddRange(Verdict.Verdict.RegistryProblems(directory, finished: true));
        foreach (var problem in problems.Take(50))
            Console.WriteLine(problem);
        if (results.Count > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{results.Sum(r => r[0]):N0} rounds, most : least {results.Max(r => r[0]) / results.Min(r => r[0]):N2}, p50 {results.Average(r => r[1]):N1} ms, p99 {results.Max(r => r[2]):N0} ms, longest {results.Max(r => r[3]):N0} ms"));
        }

        Console.WriteLine(problems.Count == 0 ? "nothing lost, nothing doubled, nothing stuck" : $"{problems.Count} problems, in {directory}");
        if (problems.Count == 0)
            Directory.Delete(directory, recursive: true);
        return problems.Count == 0 ? 0 : 1;
    }

    private static async Task<List<double[]>> HammerAsync(string directory, int processes, int seconds)
    {
        var children = Enumerable.Range(0, processes).Select(i => Start(directory, $"w{i}", seconds, warmUp: 2)).ToList();
        foreach (var child in children)
            await child.StandardOutput.ReadLineAsync(); // ready
        foreach (var child in children)
            child.StandardInput.Close(); // go
        var outputs = await Task.WhenAll(children.Select(c => c.StandardOutput.ReadToEndAsync()));
        return [.. outputs.Where(o => o.Length > 0).Select(o => o.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray())];
    }

    private static async Task<List<double[]>> KillAsync(string directory, int processes, int kills, Random random)
    {
        var number = 0;
        Process Next()
        {
            var child = Start(directory, $"w{number++}", 3600);
            child.StandardInput.Close();
            return child;
        }

        var children = Enumerable.Range(0, processes).Select(_ => Next()).ToList();
        for (var kill = 0; kill < kills; kill++)
        {
            // Any moment of its life, its start included.
            var victim = random.Next(processes);
            if (random.Next(4) > 0)
                await children[victim].StandardOutput.ReadLineAsync(); // ready
            await Task.Delay(random.Next(200));
            children[victim].Kill();
            await children[victim].WaitForExitAsync();
            children[victim] = Next();
        }

        foreach (var child in children)
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        return [];
    }

    private static Process Start(string directory, string worker, int seconds, int warmUp = 0) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. Processes.Program, "hammer-child", "--root", directory, "--worker", worker, "--seconds", Text(seconds), "--warm-up", Text(warmUp)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
