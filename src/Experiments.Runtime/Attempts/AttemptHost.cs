namespace Experiments.Runtime;

/// <summary>The side of a C# trainer's child process, and of a worker's keeper process: both are this program again.</summary>
public static class AttemptHost
{
    /// <summary>Whether this process was started by a worker, as an attempt of a C# trainer or as a keeper, rather than by a person.</summary>
    /// <param name="args">The program's arguments.</param>
    public static bool Owns(IReadOnlyList<string> args) => throw new NotImplementedException();

    /// <summary>Does what the worker started this process for.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, Catalogue catalogue) => throw new NotImplementedException();
}
