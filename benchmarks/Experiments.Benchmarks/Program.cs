using BenchmarkDotNet.Running;
using Experiments.Benchmarks.Processes;

// `startup` times whole processes; anything else is BenchmarkDotNet's: `--filter *Expansion*`, `--list flat`.
return args is ["startup", ..] ? await StartUp.RunAsync() : RunBenchmarks(args);

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
