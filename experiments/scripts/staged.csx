#!/usr/bin/env exp
// Staged work is ordinary C#: a coarse sweep first, then a finer one around the best of it.
//
//   exp run staged.csx

#load "quickstart.csx"

await using var lab = await Lab.OpenAsync();

var coarse = await lab.RunAsync<Grid>();
var best = coarse.Best(r => r.TestAccuracy);
WriteLine($"coarse: {best.Id} reads {best.Results.TestAccuracy:P1}");

var refined = await lab.RunAsync(Around.Of(best.Config));
var winner = refined.Best(r => r.TestAccuracy);
WriteLine($"fine:   {winner.Id} reads {winner.Results.TestAccuracy:P1}");
return winner.Results.TestAccuracy >= best.Results.TestAccuracy - 0.02 ? 0 : 1;

/// <summary>Step sizes around one that did well, trained for longer.</summary>
[Sweep]
public sealed partial record Around : ISweep<Digits>
{
    public required double[] Rates { get; init; }

    public required Digits Base { get; init; }

    [ValuesFrom(nameof(Rates))] public double LearningRate { get; init; }

    public static Around Of(Digits center) => new()
    {
        Rates = [center.LearningRate / 2, center.LearningRate * 1.5],
        Base = center with { Epochs = 2 * center.Epochs, Seed = 7 },
    };
}
