using System.CommandLine;
using Experiments.CommandLine;
using Experiments.Scripting.Caching;
using Experiments.Scripting.LanguageServer;

namespace Experiments.Tool;

/// <summary><c>lsp</c>: what editors start to understand scripts.</summary>
internal sealed class LanguageServerCommand(CommandContext context) : ExperimentCommand("lsp", "Language server for scripts, over standard input and output; editors start it", context)
{
    protected override Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        // Standard output is the conversation: whatever else would write there goes to the editor's log.
        using var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        using var server = new Server(Console.OpenStandardInput(), output, CacheFolder.OfUser());
        return Task.FromResult((ExitCode)server.Run());
    }
}
