namespace Experiments.Runtime.Keeper;

/// <summary>
/// How the .NET runtime of a keeper is set up: it runs the same few methods for each attempt, and compiling those again, better, in the
/// background takes more processor time than thousands of attempts get back. Attempts have their worker's environment, not the keeper's.
/// </summary>
internal static class KeeperRuntime
{
    private const string Setting = "DOTNET_TieredCompilation=";
    private const string OnlyForTheKeeper = "EXP_KEEPER=1";

    /// <summary>The environment of a keeper.</summary>
    /// <param name="worker">The worker's, as <c>NAME=value</c>.</param>
    public static IReadOnlyList<string> Environment(IReadOnlyList<string> worker) =>
        worker.Any(v => v.StartsWith(Setting, StringComparison.Ordinal)) ? worker : [.. worker, Setting + "0", OnlyForTheKeeper];

    /// <summary>The environment of the worker.</summary>
    /// <param name="keeper">That of its keeper.</param>
    public static IReadOnlyList<string> WorkersEnvironment(IReadOnlyList<string> keeper) =>
        keeper.Contains(OnlyForTheKeeper) ? [.. keeper.Where(v => v != OnlyForTheKeeper && !v.StartsWith(Setting, StringComparison.Ordinal))] : keeper;
}
