using System.CommandLine;

namespace Experiments.CommandLine;

/// <summary>From arguments to an exit code: parses, runs the command, and turns every error into words.</summary>
internal static class Shell
{
    private static readonly ParserConfiguration Grammar = new()
    {
        // `-abc` is a typo here, never three options; `@file` may begin a run id.
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Runs one command.</summary>
    /// <param name="args">The words.</param>
    /// <param name="catalogue">What may be named as a target.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="more">Commands besides those of every program.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Catalogue catalogue, Terminal terminal, Func<CommandContext, IEnumerable<Command>>? more = null)
    {
        var root = new ExperimentRootCommand(catalogue, terminal, more);
        var debug = false;
        var (code, error) = (ExitCode.Usage, (Exception?)null);
        try
        {
            var parsed = root.Parse(args, Grammar);
            debug = parsed.GetValue(root.Globals.Debug);
            UsageErrors.ThrowIfAny(parsed);
            code = (ExitCode)await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Commands that can be interrupted listen for signals themselves; the others may just die.
                ProcessTerminationTimeout = null,
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            code = ExitCode.Interrupted;
        }
        catch (Exception thrown)
        {
            error = thrown;
        }

        // What was written before an error comes before it; a full disk is an error of its own.
        error = Flush(terminal) is { } lost ? error ?? lost : error;
        if (error is null)
            return (int)code;
        ErrorText.Write(terminal, error, debug);
        return (int)((error as ExperimentsException)?.ExitCode ?? ExitCode.Usage);
    }

    private static ExperimentsException? Flush(Terminal terminal)
    {
        try
        {
            terminal.Flush();
            return null;
        }
        catch (ExperimentsException error)
        {
            return error;
        }
    }
}
