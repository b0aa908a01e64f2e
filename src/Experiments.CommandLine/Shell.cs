using System.CommandLine;
using System.CommandLine.Parsing;

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
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Catalogue catalogue, Terminal terminal)
    {
        var root = new ExperimentRootCommand(catalogue, terminal);
        var debug = false;
        try
        {
            var parsed = root.Parse(args, Grammar);
            debug = parsed.GetValue(root.Globals.Debug);
            UsageErrors.ThrowIfAny(parsed);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Commands that can be interrupted listen for signals themselves; the others may just die.
                ProcessTerminationTimeout = null,
            }).ConfigureAwait(false);
        }
        catch (ExperimentsException error)
        {
            ErrorText.Write(terminal, error, debug);
            return (int)error.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (Exception error)
        {
            ErrorText.Write(terminal, error, debug);
            return (int)ExitCode.Usage;
        }
        finally
        {
            terminal.Out.Flush();
        }
    }
}
