using Experiments.Registry;

namespace Experiments.Runtime.Workers;

/// <summary>
/// Keeps a run that needs several GPUs from waiting for ever behind runs that need fewer: after a few have overtaken it, GPUs that become
/// free are left free until it fits. Each worker decides alone, since a run's GPUs are all its own.
/// </summary>
internal sealed class Reservation
{
    /// <summary>So many runs may start before the most urgent one.</summary>
    public const int OvertakesMax = 8;

    private long? _run;
    private int _overtakes;

    /// <summary>The run that nothing overtakes any more; <see langword="null"/>: none.</summary>
    public long? Run => _overtakes >= OvertakesMax ? _run : null;

    /// <summary>Notes a claim of runs that take GPUs.</summary>
    public void Note(ClaimedRun claimed)
    {
        _overtakes = claimed.Overtook is not null && claimed.Overtook == _run ? _overtakes + 1 : 1;
        _run = claimed.Overtook;
    }
}
