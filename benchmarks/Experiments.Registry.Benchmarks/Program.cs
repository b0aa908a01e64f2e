using BenchmarkDotNet.Running;
using Experiments.Registry.Benchmarks;

// `contention` runs processes that share a registry; anything else is BenchmarkDotNet's: `--filter *Claim*`, `--list flat`.
return args is ["contention", .. var rest] ? await Contention.RunAsync(rest) : RunBenchmarks(args);

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
