namespace Experiments.Registry.Storage;

/// <summary>Points of a write at which tests make things go wrong: an implementation throws there.</summary>
internal interface IFaults
{
    /// <summary>Reached a point.</summary>
    /// <param name="point">Which.</param>
    void At(FaultPoint point);
}

/// <summary>Points of a write.</summary>
internal enum FaultPoint
{
    /// <summary>Before a transaction begins.</summary>
    BeforeBegin,

    /// <summary>Before a statement runs inside a transaction.</summary>
    BeforeStatement,

    /// <summary>All is written, nothing is committed.</summary>
    BeforeCommit,

    /// <summary>Committed, nobody told.</summary>
    AfterCommit,
}
