using System.Globalization;

namespace Experiments.Benchmarks.Processes;

/// <summary>Times of commands as a table of Markdown, with ratios to one of them.</summary>
internal static class ProcessTable
{
    public static void Write(string title, IReadOnlyList<string> names, IReadOnlyList<double> milliseconds, double one, string nameOfOne)
    {
        Console.WriteLine(title + ", milliseconds");
        Console.WriteLine();
        Console.WriteLine($"| command | ms | ratio to `{nameOfOne}` |");
        Console.WriteLine("|---|---:|---:|");
        for (var i = 0; i < names.Count; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {names[i]} | {milliseconds[i]:0.0} | {milliseconds[i] / one:0.00} |"));
        Console.WriteLine();
    }
}
