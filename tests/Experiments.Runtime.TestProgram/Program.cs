using System.Globalization;
using Experiments;
using Experiments.Registry;
using Experiments.Runtime;
using Experiments.Runtime.TestProgram;

// The program of an experiment as the runtime's tests need it: `worker ROOT SLOTS GRACE_SECONDS` drains the registry of a results root.
if (AttemptHost.Owns(args))
    return await AttemptHost.RunAsync(args, Trainers.Catalogue);

var root = ResultsRoot.At(args[1]);
await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions());
var options = new WorkerOptions
{
    Slots = int.Parse(args[2], CultureInfo.InvariantCulture),
    Gpus = [],
    Drain = true,
    Grace = TimeSpan.FromSeconds(double.Parse(args[3], CultureInfo.InvariantCulture)),
    Heartbeat = TimeSpan.FromMilliseconds(200),
};
using var stop = new CancellationTokenSource();
using var onTerminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
var report = await new Worker(registry, root, options, new ConsoleObserver()).RunAsync(stop.Token);
Console.WriteLine($"done {report.Completed} {report.Failed} {report.Interrupted}");
return 0;
