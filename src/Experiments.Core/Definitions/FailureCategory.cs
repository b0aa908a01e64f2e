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

    /// <summary>It neither printed nor reported anything for longer than its <c>[Stall]</c> allows.</summary>
    Stall,

    /// <summary>The machine: a failing GPU, a driver, a mount that is away.</summary>
    NodeFailure,

    /// <summary>A disk or a quota was full.</summary>
    DiskFull,

    /// <summary>A signal that nobody here sent.</summary>
    Crash,

    /// <summary>The worker was lost several times in a row while it executed this run.</summary>
    WorkerLost,
}

/// <summary>What becomes of a run after a failure.</summary>
public enum FailureAction
{
    /// <summary>It is tried again after a wait, as often as its <c>[Retry]</c> allows.</summary>
    Retry,

    /// <summary>Its configuration is changed as its remedies say and it is tried again at once, which counts as no retry. An experiment without remedies is retried.</summary>
    Remedy,

    /// <summary>It is tried again after a wait and no retry is used up: five times, or as often as the category's own <c>[Retry]</c> says.</summary>
    Requeue,

    /// <summary>It has failed: trying again would fail again.</summary>
    Fail,
}

/// <summary>The text of failure categories.</summary>
public static class FailureCategoryText
{
    /// <summary>The category outside C#, such as <c>out-of-memory</c>.</summary>
    public static string Text(this FailureCategory category) => JsonNamingPolicy.KebabCaseLower.ConvertName(category.ToString());
}
