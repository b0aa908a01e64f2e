using System.Globalization;
using Experiments;

namespace TrainerFunction;

/// <summary>Both stages, one after the other: <c>dotnet run -- staged</c>.</summary>
internal static class Staged
{
    public static async Task<int> RunAsync()
    {
        await using var lab = await Lab.OpenAsync();
        var coarse = await lab.RunAsync<Coarse>();
        if (coarse.Completed.Count == 0)
            return 1;
        var best = coarse.Best(r => r.ValAcc);
        Console.WriteLine($"coarse: {best.Id} with {Percent(best.Results.ValAcc)}");

        var fine = await lab.RunAsync(new Fine(best.Config));
        // One lucky seed is no better configuration: the mean of the seeds decides.
        var chosen = fine.Completed.GroupBy(r => r.Config.LearningRate).MaxBy(g => g.Average(r => r.Results.ValAcc));
        if (chosen is null)
            return 1;
        Console.WriteLine($"fine: learning rate {chosen.Key.ToString(CultureInfo.InvariantCulture)} with {Percent(chosen.Average(r => r.Results.ValAcc))} over {chosen.Count()} seeds");
        return coarse.Failed.Count + fine.Failed.Count == 0 ? 0 : 1;
    }

    private static string Percent(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
