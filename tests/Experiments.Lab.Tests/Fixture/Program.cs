using System.Globalization;
using Experiments;
using Experiments.LabSpecs;

await using var lab = await Lab.OpenAsync(options: new LabOptions { Slots = 2 });
switch (args[0])
{
    case "staged":
        var coarse = await lab.RunAsync<Bracket>();
        var best = coarse.Best(r => r.Height);
        var fine = await lab.RunAsync(best.Config with { X = best.Config.X / 2 });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{best.Id} {best.Results.Height} then {fine[0].Id} {fine[0].Results.Height}"));
        break;
    case "failing":
        var outcome = await lab.RunAsync<Failures>();
        Console.WriteLine($"{outcome.Completed.Count} completed, {outcome.Failed.Single().Id} failed with {outcome.Failed[0].Results.Height}");
        break;
    case "cancelled":
        using (var cancel = new CancellationTokenSource())
        {
            var running = lab.RunAsync(new Parabola { Waits = true }, cancel.Token);
            while (!File.Exists(Path.Combine(lab.Root.Run("parabola/x0_waits").Checkpoints, "started")))
                await Task.Delay(10);
            await cancel.CancelAsync();
            try
            {
                await running;
            }
            catch (OperationCanceledException)
            {
                Console.WriteLine("cancelled");
            }
        }

        break;
    case "waiting":
        await lab.RunAsync(new Parabola { Waits = true });
        Console.WriteLine("never said");
        break;
}
