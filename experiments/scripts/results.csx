#!/usr/bin/env exp
// Past results: a chart on the terminal, and one as an SVG file.
//
//   exp results.csx [experiment] [metric]

using System.Globalization;
using Experiments.Registry;

var experiment = Args.ElementAtOrDefault(0) ?? "digits";
var metric = Args.ElementAtOrDefault(1) ?? "test_accuracy";
var root = ResultsRoot.At(Environment.GetEnvironmentVariable("EXP_RESULTS") ?? "results");

await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions { ReadOnly = true });
var runs = (await registry.LeaderboardAsync(new RunFilter { Experiment = experiment }, metric, Goal.Maximize, top: 20)).ToList();
if (runs.Count == 0)
{
    Console.Error.WriteLine($"no completed runs of `{experiment}` with `{metric}`: run `exp run quickstart.csx` first");
    return 3;
}

var (least, most) = (runs.Min(r => r.Metrics[metric]), runs.Max(r => r.Metrics[metric]));
var width = runs.Max(r => r.Id.Length);
foreach (var run in runs)
    WriteLine($"{run.Id.PadRight(width)}  {run.Metrics[metric].ToString("0.0000", CultureInfo.InvariantCulture)}  {Bar(run.Metrics[metric])}");

var best = (await registry.SeriesAsync(runs[0].Id, metric)).Where(p => p.Step is not null).ToList();
File.WriteAllText("best.svg", Svg(best));
WriteLine($"wrote best.svg: {metric} of {runs[0].Id} over {best.Count} epochs");
return 0;

string Bar(double value) => new('█', 1 + (int)(30 * (value - least) / Math.Max(most - least, 1e-12)));

string Svg(IReadOnlyList<MetricPoint> points)
{
    var (low, high) = (points.Min(p => p.Value), points.Max(p => p.Value));
    var line = points.Select((p, i) => string.Create(CultureInfo.InvariantCulture,
        $"{10 + 380.0 * i / Math.Max(points.Count - 1, 1):0.#},{190 - 180 * (p.Value - low) / Math.Max(high - low, 1e-12):0.#}"));
    return $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" role="img" aria-label="{metric}">
          <rect width="400" height="200" fill="white"/>
          <polyline fill="none" stroke="steelblue" stroke-width="2" points="{string.Join(' ', line)}"/>
        </svg>
        """;
}
