using System.CommandLine;
using Experiments.CommandLine;
using Experiments.Tool.Checking;

namespace Experiments.Tool;

/// <summary>The commands that only the tool has.</summary>
internal static class ToolCommands
{
    public static IEnumerable<Command> All(CommandContext context) =>
    [
        new CheckCommand(context),
        new CacheCommand(context),
        new LanguageServerCommand(context),
        new NewCommand(context),
    ];
}
