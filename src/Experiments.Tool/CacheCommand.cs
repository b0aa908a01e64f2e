using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.CommandLine;
using Experiments.Scripting.Caching;

namespace Experiments.Tool;

/// <summary><c>cache</c>: compiled scripts and resolved packages.</summary>
internal sealed class CacheCommand : Command
{
    public CacheCommand(CommandContext context)
        : base("cache", "Compiled scripts and resolved packages")
    {
        Add(new ClearCommand(context));
        Add(new DirCommand(context));
    }

    private static void Write(Session session, string line, Action<Utf8JsonWriter> write)
    {
        if (session.Json)
            session.Tell(line, write);
        else
            session.Terminal.WriteLine(line);
    }

    private sealed class ClearCommand(CommandContext context) : ExperimentCommand("clear", "Delete them all; they are made again when needed", context)
    {
        protected override Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
        {
            var folder = CacheFolder.OfUser();
            var bytes = CacheSize.Clear(folder);
            Write(session, string.Create(CultureInfo.InvariantCulture, $"cleared `{folder.Root}`: {bytes / 1024.0 / 1024.0:0.0} MiB"), json =>
            {
                json.WriteString("directory"u8, folder.Root);
                json.WriteNumber("bytes"u8, bytes);
            });
            return Task.FromResult(ExitCode.Success);
        }
    }

    private sealed class DirCommand(CommandContext context) : ExperimentCommand("dir", "Where they are", context)
    {
        protected override Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
        {
            var folder = CacheFolder.OfUser().Root;
            Write(session, folder, json => json.WriteString("directory"u8, folder));
            return Task.FromResult(ExitCode.Success);
        }
    }
}
