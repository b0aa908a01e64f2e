using System.Net.Sockets;
using System.Text;

namespace Experiments.Runtime.Slots;

/// <summary>
/// Which cards of the pool are this worker's alone, among the workers of a results root on this host. The driver shows a stranger only once it computes: two
/// workers that look at the same moment would both start on the least loaded card. A claim is the name of a socket, which the kernel gives to one process
/// and takes back when that dies; nothing is left behind.
/// </summary>
/// <param name="root">The results root.</param>
/// <param name="pool">The pool.</param>
internal sealed class CardClaims(ResultsRoot root, SlotPool pool) : IDisposable
{
    private readonly Dictionary<string, Socket> _held = [];

    /// <summary>Claims every card that no other worker has; those others have are closed until <see cref="Release"/>.</summary>
    public void Take()
    {
        foreach (var card in pool.Identities.Where(card => !_held.ContainsKey(card)))
        {
            if (TryClaim(card) is { } claim)
                _held.Add(card, claim);
        }

        pool.CloseAllBut(_held.ContainsKey);
    }

    /// <summary>Gives back the claims to cards on which nothing of this worker runs.</summary>
    public void Release()
    {
        foreach (var card in _held.Keys.Where(pool.IsIdle).ToList())
        {
            _held.Remove(card, out var claim);
            claim!.Dispose();
        }

        pool.CloseAllBut(_ => true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var claim in _held.Values)
            claim.Dispose();
        _held.Clear();
    }

    private Socket? TryClaim(string card)
    {
        // A name without a file; such names are short, paths are not.
        var name = $"\0experiments/gpu/{ContentHash.Compute(Encoding.UTF8.GetBytes($"{root.Directory}\n{card}"))}";
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(name));
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            return null;
        }
    }
}
