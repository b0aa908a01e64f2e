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
            Builds();
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

        Console.WriteLine("| keystroke | experiments | generator, ms | its own steps, ms | analyzers, ms | System.Text.Json's generator, ms |\n|---|---:|---:|---:|---:|---:|");
        foreach (var keystroke in Keystroke.Elsewhere.Concat(Keystroke.Inside))
        {
            foreach (var size in _sizes)
            {
                var (ours, json) = (Project.Ours(size), Project.Json(size));
                Console.WriteLine($"| {keystroke.Name} | {size} | {Pair(keystroke.Generate(ours))} | {Pair(keystroke.RunSteps(ours))} | {Pair(await keystroke.AnalyzeAsync(ours))} | {Pair(keystroke.Generate(json))} |");
            }
        }

        Console.WriteLine();
    }

    private static void Builds()
    {
        Console.WriteLine("| experiments | records alone, ms | generated files as source, ms | with generator and analyzers, ms | added | System.Text.Json: files as source, ms | with its generator, ms | added |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var size in _sizes)
        {
            using var build = new FullBuild();
            var (ours, json) = (Project.Ours(size), Project.Json(size));
            string[] projects =
            [
                build.Write("alone", json.Texts.Select(file => file with { Text = file.Text.Split("[System.Text.Json")[0] })),
                build.Write("source", ours.Texts.Concat(FullBuild.Generated(ours))),
                build.Write("generated", ours.Texts, typeof(ExperimentsGenerator).Assembly.Location),
                build.Write("jsonsource", json.Texts.Concat(FullBuild.Generated(json))),
                build.Write("jsongenerated", json.Texts, Project.JsonGenerator),
            ];
            var least = Enumerable.Repeat(double.PositiveInfinity, projects.Length).ToArray();
            // In turns, so that a busy moment of the machine meets all alike.
            for (var round = 0; round < (size < 500 ? 4 : 2); round++)
            {
                for (var i = 0; i < projects.Length; i++)
                    least[i] = Math.Min(least[i], build.Compile(projects[i]));
            }

            Console.WriteLine($"| {size} | {Cell(least[0])} | {Cell(least[1])} | {Cell(least[2])} | {Added(least[1], least[2])} | {Cell(least[3])} | {Cell(least[4])} | {Added(least[3], least[4])} |");
        }
    }

    private static string Added(double without, double with) => (with / without - 1).ToString("+0.0 %;-0.0 %", CultureInfo.InvariantCulture);

    private static string Pair((double Least, double Median) time) => $"{Cell(time.Least)} ({Cell(time.Median)})";

    private static string Cell(double ms) => ms.ToString(ms < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
