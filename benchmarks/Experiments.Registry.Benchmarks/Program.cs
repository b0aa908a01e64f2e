using BenchmarkDotNet.Running;
using Experiments.Registry.Benchmarks;

// Whole programs by name; anything else is BenchmarkDotNet's: `--filter *Claim*`, `--list flat`.
return args switch
{
    ["contention", .. var rest] => await Contention.RunAsync(rest),
    ["scale", .. var rest] => await Scale.RunAsync(rest),
    ["beside", var seconds] => await Beside.RunAsync(seconds),
    ["ingest"] => await Ingest.RunAsync(),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
