using System.Diagnostics;

namespace Experiments.Benchmarks.Processes;

/// <summary>Times whole processes, one after the other, in turns, so that a drift of the machine's speed hits all alike.</summary>
internal static class ProcessTimer
{
    /// <summary>Runs every command <paramref name="rounds"/> times after one warm-up.</summary>
    /// <returns>The median wall time of each, in milliseconds.</returns>
    public static double[] MedianMilliseconds(int rounds, params IReadOnlyList<string>[] commands) => [.. Milliseconds(rounds, commands).Select(Median)];

    /// <summary>Runs every command <paramref name="rounds"/> times after one warm-up.</summary>
    /// <returns>The wall times of each, by round, in milliseconds.</returns>
    public static double[][] Milliseconds(int rounds, IReadOnlyList<IReadOnlyList<string>> commands)
    {
        var times = commands.Select(_ => new double[rounds]).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < commands.Count; i++)
            {
                var elapsed = Time(commands[i]);
                if (round >= 0)
                    times[i][round] = elapsed;
            }
        }

        return times;
    }

    /// <summary>The middle one of values, which stay as they are.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double Time(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        var clock = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        return process.ExitCode == 0
            ? elapsed
            : throw new InvalidOperationException($"expected `{string.Join(' ', command)}` to exit with 0, got {process.ExitCode}: {error.Result}");
    }
}
