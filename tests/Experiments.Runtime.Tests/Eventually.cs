using System.Diagnostics;

namespace Experiments.Runtime.Tests;

/// <summary>Waits for conditions that other processes bring about.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what) => await TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var began = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(20), $"waited in vain until {what}");
            await Task.Delay(10);
        }
    }
}
