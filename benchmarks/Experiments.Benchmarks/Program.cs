using BenchmarkDotNet.Running;
using Experiments.Benchmarks.Processes;
using Experiments.Benchmarks.Runs;
using Experiments.Benchmarks.Scripts;
using Experiments.Benchmarks.Telemetry;

// Whole processes by name; anything else is BenchmarkDotNet's: `--filter *Expansion*`, `--list flat`.
return args switch
{
    ["startup"] => await StartUp.RunAsync(),
    ["scripts"] => await ScriptStart.RunAsync(),
    ["overhead", .. var rest] => await Overhead.RunAsync(rest),
    ["telemetry"] => await Looks.RunAsync(),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
