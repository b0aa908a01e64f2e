using BenchmarkDotNet.Running;
using Experiments.Generators.Benchmarks;

// `table [keystrokes|builds]` prints the README's tables; anything else is BenchmarkDotNet's: `--filter *First*`, `--list flat`.
if (args is ["table", .. var what])
    return await Table.RunAsync(what);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
