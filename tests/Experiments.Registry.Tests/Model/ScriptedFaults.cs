using Experiments.Registry.Storage;
using SQLitePCL;

namespace Experiments.Registry.Tests.Model;

/// <summary>Makes the nth point of a write go wrong.</summary>
internal sealed class ScriptedFaults : IFaults
{
    private Fault _fault;
    private int _points;

    /// <summary>Whether the writes since <see cref="Arm"/> were committed.</summary>
    public bool Committed { get; private set; }

    /// <summary>The next writes go wrong as told.</summary>
    public void Arm(Fault fault) => (_fault, _points, Committed) = (fault, 0, true);

    /// <summary>Nothing goes wrong any more.</summary>
    /// <returns>Whether the writes since were committed.</returns>
    public bool Disarm()
    {
        _fault = default;
        return Committed;
    }

    public void At(FaultPoint point)
    {
        if (_fault.Kind == FaultKind.None || ++_points != _fault.Point)
            return;
        if (_fault.Kind == FaultKind.Crash)
        {
            Committed = point == FaultPoint.AfterCommit;
            throw new SimulatedCrashException();
        }

        // A failure after the commit would be a different one: the write is done.
        if (point == FaultPoint.AfterCommit)
            return;
        Committed = false;
        throw new SqliteFailure(_fault.Kind switch { FaultKind.DiskFull => raw.SQLITE_FULL, FaultKind.InputOutput => raw.SQLITE_IOERR, _ => raw.SQLITE_CORRUPT }, "simulated");
    }
}
