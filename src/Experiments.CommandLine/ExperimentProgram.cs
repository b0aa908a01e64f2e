using Experiments.CommandLine;
using Experiments.Runtime;

namespace Experiments;

/// <summary>The command line of a program of experiments. The entry point that the generator writes calls it; a <c>Main</c> of your own may too.</summary>
public static class ExperimentProgram
{
    /// <summary>Does what the arguments ask: a command such as <c>run LearningRates</c>, or, in a child process that a worker started, an attempt.</summary>
    /// <param name="args">The program's arguments, without the program's own name.</param>
    /// <param name="catalogue">The experiments and sweeps that may be named as targets.</param>
    /// <returns>The exit code, one of <see cref="ExitCode"/> unless an attempt chose its own. Errors are written to standard error, not thrown.</returns>
    public static Task<int> RunAsync(string[] args, Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(catalogue);
        return AttemptHost.Owns(args)
            ? AttemptHost.RunAsync(args, catalogue)
            : Shell.RunAsync(args, catalogue, Terminal.Standard());
    }
}
