using System.Text.Json;

namespace Experiments;

/// <summary>Why an attempt failed. Outside C# in kebab case: <c>out-of-memory</c>.</summary>
public enum FailureCategory
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>A GPU ran out of memory.</summary>
    OutOfMemory,

    /// <summary>The host ran out of memory.</summary>
    HostOutOfMemory,

    /// <summary>Arguments, modules or files are wrong: trying again would fail again, so it never happens.</summary>
    Configuration,

    /// <summary>Data is missing or damaged.</summary>
    Data,

    /// <summary>A model or checkpoint could not be loaded.</summary>
    ModelLoad,

    /// <summary>NCCL, Gloo or the network.</summary>
    Communication,

    /// <summary>The time limit passed.</summary>
    Timeout,

    /// <summary>The machine: full disk, failing GPU.</summary>
    NodeFailure,

    /// <summary>A signal that nobody here sent.</summary>
    Crash,

    /// <summary>The worker was lost several times in a row while it executed this run.</summary>
    WorkerLost,
}

/// <summary>The text of failure categories.</summary>
public static class FailureCategoryText
{
    /// <summary>The category outside C#, such as <c>out-of-memory</c>.</summary>
    public static string Text(this FailureCategory category) => JsonNamingPolicy.KebabCaseLower.ConvertName(category.ToString());
}
