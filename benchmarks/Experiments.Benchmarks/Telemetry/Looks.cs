using System.Diagnostics;
using System.Globalization;
using Experiments.Runtime;
using Experiments.Runtime.Gpus;
using Experiments.Runtime.Telemetry;

namespace Experiments.Benchmarks.Telemetry;

/// <summary>What measuring attempts costs: one look at all processes of the host for eight of them, and the beginning and end of one.</summary>
internal static class Looks
{
    private const int Attempts = 8, Looked = 200, Begun = 2000;

    public static async Task<int> RunAsync()
    {
        var children = Enumerable.Range(0, Attempts).Select(_ => Process.Start("sleep", "60")).ToList();
        try
        {
            var look = await FastestAsync(Looked, () =>
            {
                var table = ProcessTable.Read("/proc");
                foreach (var child in children)
                    table.Of(child.Id);
                return Task.CompletedTask;
            });
            var host = new WorkerHost { Gpus = SimulatedGpus.Idle(8) };
            var gpus = (await host.Gpus.ReadAsync(default)).Select(r => r.Gpu).ToList();
            await using var sampler = new Sampler(host, new GpuWatch(host.Gpus, gpus, TimeProvider.System), TimeSpan.FromSeconds(5), GridFactor.World);
            var cpu = await FastestAsync(Begun, async () => await sampler.EndAsync((await sampler.BeginAsync(children[0].Id, []))!));
            var gpu = await FastestAsync(Begun, async () => await sampler.EndAsync((await sampler.BeginAsync(children[0].Id, [0]))!));
            var processes = Directory.GetDirectories("/proc").Count(d => int.TryParse(Path.GetFileName(d), out var _));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                a look at {processes} processes for {Attempts} attempts   {look.TotalMilliseconds:0.00} ms, every 5 s: {look.TotalSeconds / 5:0.000 %} of one processor
                begin and end of a CPU attempt             {cpu.TotalMicroseconds:0.0} µs
                begin and end of a GPU attempt             {gpu.TotalMicroseconds:0.0} µs, without the driver's own time
                """));
            if (NvmlInventory.TryOpen() is { } nvml)
            {
                var read = await FastestAsync(50, () => nvml.ReadAsync(default));
                var count = (await nvml.ReadAsync(default)).Count;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a reading of {count} GPUs by NVML                  {read.TotalMilliseconds:0.00} ms"));
            }
        }
        finally
        {
            children.ForEach(child => child.Kill());
        }

        return 0;
    }

    /// <summary>The fastest of five rounds, for one.</summary>
    private static async Task<TimeSpan> FastestAsync(int count, Func<Task> action)
    {
        var fastest = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
                await action();
            var each = Stopwatch.GetElapsedTime(began) / count;
            fastest = each < fastest ? each : fastest;
        }

        return fastest;
    }
}
