using System.Globalization;

namespace Experiments.Generators.Benchmarks;

/// <summary>All figures of generator and analyzers, as the tables of the README.</summary>
internal static class Table
{
    private static int[] _sizes = [1, 100, 1000];

    /// <param name="what"><c>keystrokes</c>, <c>builds</c> or neither for both; then sizes, if not all.</param>
    public static async Task<int> RunAsync(string[] what)
    {
        if (what is [_, .. { Length: > 0 } sizes])
            _sizes = [.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        if (what is [] or ["keystrokes", ..])
            await KeystrokesAsync();
        if (what is [] or ["builds", ..])
            await BuildsAsync();
        return 0;
    }

    private static async Task KeystrokesAsync()
    {
        // Until the code that is measured is compiled for good.
        for (var i = 0; i < 6; i++)
        {
            foreach (var keystroke in Keystroke.Elsewhere.Concat(Keystroke.Inside))
                _ = (keystroke.Generate(Project.Ours(5)), await keystroke.AnalyzeAsync(Project.Ours(5)), keystroke.Generate(Project.Json(5)));
        }

        Console.WriteLine("| keystroke | experiments | generator, ms | analyzers, ms | System.Text.Json's generator, ms |\n|---|---:|---:|---:|---:|");
        foreach (var keystroke in Keystroke.Elsewhere.Concat(Keystroke.Inside))
        {
            foreach (var size in _sizes)
            {
                var (ours, json) = (Project.Ours(size), Project.Json(size));
                Console.WriteLine($"| {keystroke.Name} | {size} | {Pair(keystroke.Generate(ours))} | {Pair(await keystroke.AnalyzeAsync(ours))} | {Pair(keystroke.Generate(json))} |");
            }
        }

        Console.WriteLine();
    }

    private static async Task BuildsAsync()
    {
        Console.WriteLine("| experiments | records alone, ms | generated files as source, ms | with generator, ms | with generator and analyzers, ms | added | in the generator, ms | in the analyzers, ms | System.Text.Json: files as source, ms | with its generator, ms | in it, ms |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var size in _sizes)
        {
            var (ours, json) = (Project.Ours(size), Project.Json(size));
            var whole = ours.Texts.Concat(FullBuild.Generated(ours)).ToList();
            var jsonWhole = json.Texts.Concat(FullBuild.Generated(json)).ToList();
            var alone = json.Texts.Select(file => file with { Text = file.Text.Split("[System.Text.Json")[0] }).ToList();
            var rounds = size < 1000 ? 9 : 4;
            var least = Enumerable.Repeat(double.PositiveInfinity, 9).ToArray();
            // In turns, so that a busy moment of the machine meets all alike.
            for (var i = 0; i < rounds; i++)
            {
                var generated = await FullBuild.GenerateAsync(ours, analyze: false);
                var analyzed = await FullBuild.GenerateAsync(ours, analyze: true);
                var other = await FullBuild.GenerateAsync(json, analyze: false);
                double[] times = [FullBuild.Compile(alone), FullBuild.Compile(whole), generated.Whole, analyzed.Whole, analyzed.Generator, analyzed.Analyzer,
                    FullBuild.Compile(jsonWhole), other.Whole, other.Generator];
                for (var k = 0; k < times.Length; k++)
                    least[k] = Math.Min(least[k], times[k]);
            }

            Console.WriteLine($"| {size} | {Cell(least[0])} | {Cell(least[1])} | {Cell(least[2])} | {Cell(least[3])} | {(least[3] / least[1] - 1).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture)} | {Cell(least[4])} | {Cell(least[5])} | {Cell(least[6])} | {Cell(least[7])} | {Cell(least[8])} |");
        }
    }

    private static string Pair((double Least, double Median) time) => $"{Cell(time.Least)} ({Cell(time.Median)})";

    private static string Cell(double ms) => ms.ToString(ms < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
