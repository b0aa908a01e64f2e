using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Experiments.CommandLine;

/// <summary>Ctrl-C, SIGTERM, a closed terminal and a scheduler's warning, while something runs that wants to end in good order. The second one does not wait.</summary>
internal sealed class Interrupts : IDisposable
{
    /// <summary>What jobs are warned with by <c>sbatch --signal=B:USR1@90</c>. .NET has no name for it.</summary>
    private const PosixSignal SigUsr1 = (PosixSignal)10;

    /// <summary>A closing terminal, a scheduler and `timeout` send several signals at once: one event, not an impatient second one.</summary>
    private static readonly TimeSpan OneEvent = TimeSpan.FromSeconds(1);

    /// <summary>The same of Ctrl-C, which people press twice.</summary>
    private static readonly TimeSpan OnePress = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _kill = new();
    private readonly Action<string> _say;
    private readonly string _first;
    private readonly List<PosixSignalRegistration> _signals = [];
    private PosixSignal? _signal;
    private long _since;

    /// <summary>Begins to listen.</summary>
    /// <param name="first">What the first signal does, in words.</param>
    /// <param name="say">Tells people.</param>
    /// <param name="cancel">Another reason to stop.</param>
    public Interrupts(string first, Action<string> say, CancellationToken cancel = default)
    {
        _first = first;
        _say = say;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, .. OperatingSystem.IsLinux() ? [SigUsr1] : (PosixSignal[])[]])
            _signals.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    /// <summary>Set by the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Set by the second.</summary>
    public CancellationToken Kill => _kill.Token;

    /// <summary>Whether a signal came.</summary>
    public bool Interrupted => _signal is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _stop.Dispose();
        _kill.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            if (_signal is not { } first)
            {
                (_signal, _since) = (context.Signal, Stopwatch.GetTimestamp());
                _say(_first);
                _stop.Cancel();
            }
            else if (!_kill.IsCancellationRequested && Stopwatch.GetElapsedTime(_since) > (first == PosixSignal.SIGINT && context.Signal == first ? OnePress : OneEvent))
            {
                _say("killing what still runs");
                _kill.Cancel();
            }
        }
    }
}
