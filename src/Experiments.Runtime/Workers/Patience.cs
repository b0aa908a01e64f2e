using System.Data.Common;

namespace Experiments.Runtime.Workers;

/// <summary>Repeats what fails because the registry or the file system can't be used right now: a full disk, a mount that is away.</summary>
/// <param name="time">The clock.</param>
/// <param name="observer">Told of every failure.</param>
/// <param name="hurry">Completes when nobody wants to wait any longer.</param>
internal sealed class Patience(TimeProvider time, IWorkerObserver observer, Task hurry)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(5);

    /// <summary>Calls until it succeeds.</summary>
    /// <exception cref="Exception">The last failure, after a minute or when in a hurry.</exception>
    public async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        var began = time.GetTimestamp();
        for (var delay = TimeSpan.FromMilliseconds(100); ; delay = delay * 2 < DelayMax ? delay * 2 : DelayMax)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception e) when (IsPassing(e) && time.GetElapsedTime(began) < Limit && !hurry.IsCompleted)
            {
                observer.Notice($"trying again for {Limit.TotalSeconds} s: {e.Message}");
            }

            await Task.WhenAny(hurry, Task.Delay(delay, time)).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the failure may pass by itself.</summary>
    public static bool IsPassing(Exception e) => IsRegistryAway(e) || e is IOException;

    /// <summary>Whether the registry could not be used. That is no fault of the run whose attempt met it.</summary>
    public static bool IsRegistryAway(Exception e) => e is ExperimentsException { ExitCode: ExitCode.RegistryUnavailable } or DbException or TimeoutException;
}
