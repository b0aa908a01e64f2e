using Experiments;
using Experiments.CommandLine.Tests;

return await ExperimentProgram.RunAsync(args, Digits.Catalogue);
