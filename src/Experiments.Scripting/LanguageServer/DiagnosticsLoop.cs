namespace Experiments.Scripting.LanguageServer;

/// <summary>Computes diagnostics apart from the conversation, a script at a time; what a newer edit has overtaken is dropped.</summary>
internal sealed class DiagnosticsLoop : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Func<CancellationToken, Task>> _wanted = [];
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;
    private (string Path, CancellationTokenSource Cancel)? _current;

    public DiagnosticsLoop() => _loop = Task.Run(RunAsync);

    /// <summary>Asks for the diagnostics of a script as it is now.</summary>
    public void Request(string path, Func<CancellationToken, Task> compute)
    {
        lock (_lock)
        {
            _wanted[path] = compute;
            if (_current?.Path == path)
                _current.Value.Cancel.Cancel();
        }

        _work.Release();
    }

    /// <summary>Nobody wants a script's diagnostics any more.</summary>
    public void Forget(string path)
    {
        lock (_lock)
        {
            _wanted.Remove(path);
            if (_current?.Path == path)
                _current.Value.Cancel.Cancel();
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _loop.GetAwaiter().GetResult();
        _ended.Dispose();
        _work.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await _work.WaitAsync(_ended.Token).ConfigureAwait(false);
                if (Next() is { } next)
                    await next(_current!.Value.Cancel.Token).ConfigureAwait(false);
                if (IsIdle)
                    QuietTyping.Idle();
            }
            catch (OperationCanceledException)
            {
                // Overtaken by a newer edit, whose turn comes next, or the end.
            }
            catch (Exception e)
            {
                // Standard error is the editor's log of this server; the next edit may fare better.
                await Console.Error.WriteLineAsync(e.ToString()).ConfigureAwait(false);
            }
            finally
            {
                lock (_lock)
                {
                    _current?.Cancel.Dispose();
                    _current = null;
                }
            }
        }
    }

    private bool IsIdle
    {
        get
        {
            lock (_lock)
                return _wanted.Count == 0;
        }
    }

    private Func<CancellationToken, Task>? Next()
    {
        lock (_lock)
        {
            if (_wanted.Count == 0)
                return null;
            var (path, compute) = _wanted.First();
            _wanted.Remove(path);
            _current = (path, CancellationTokenSource.CreateLinkedTokenSource(_ended.Token));
            return compute;
        }
    }
}
