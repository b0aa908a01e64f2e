namespace Experiments.Runtime.Gpus;

/// <summary>The readings of a worker's GPUs, taken no more often than needed and shared by all who look.</summary>
internal sealed class GpuWatch
{
    private readonly IGpuInventory _inventory;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Gpu?[] _seen;
    private IReadOnlyList<GpuReading> _readings;
    private Task _reading = Task.CompletedTask;
    private long _readAt;
    private bool _isRead;

    /// <summary>Creates a watch.</summary>
    /// <param name="inventory">What is asked.</param>
    /// <param name="gpus">The GPUs the worker uses.</param>
    /// <param name="time">The clock.</param>
    public GpuWatch(IGpuInventory inventory, IReadOnlyList<Gpu> gpus, TimeProvider time)
    {
        _inventory = inventory;
        _time = time;
        _readings = [.. gpus.Select(g => new GpuReading(g))];
        _seen = new Gpu?[gpus.Count];
    }

    /// <summary>How old readings may be for deciding where an attempt goes.</summary>
    public TimeSpan Freshness => _inventory.IsQuick ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(15);

    /// <summary>Whether a reading takes some milliseconds only.</summary>
    public bool IsQuick => _inventory.IsQuick;

    /// <summary>The latest readings, one for each GPU in order.</summary>
    public IReadOnlyList<GpuReading> Latest
    {
        get
        {
            lock (_lock)
                return _readings;
        }
    }

    /// <summary>
    /// Readings that are not older than this. A slow inventory is not waited for: it is asked, <see cref="Latest"/> is answered now, and the
    /// answer is there later.
    /// </summary>
    public async Task<IReadOnlyList<GpuReading>> ReadAsync(TimeSpan ageMax)
    {
        Task reading;
        lock (_lock)
        {
            if (_readings.Count == 0 || (_isRead && _time.GetElapsedTime(_readAt) < ageMax))
                return _readings;
            if (_reading.IsCompleted)
                _reading = Task.Run(TakeAsync);
            reading = _reading;
        }

        if (_inventory.IsQuick)
            await reading.ConfigureAwait(false);
        return Latest;
    }

    private async Task TakeAsync()
    {
        IReadOnlyList<GpuReading>? found = null;
        var problem = "";
        try
        {
            found = await _inventory.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever an inventory runs into, attempts go on; the cards are out of service until it answers.
            problem = e.Message.TrimEnd('.');
        }

        lock (_lock)
        {
            _readings = [.. _readings.Select((known, i) => Match(i, known.Gpu, found, problem))];
            _readAt = _time.GetTimestamp();
            _isRead = true;
        }
    }

    private GpuReading Match(int position, Gpu gpu, IReadOnlyList<GpuReading>? found, string problem)
    {
        var reading = found?.FirstOrDefault(r => r.Gpu.IsSame(gpu))
            // A card that is lost tells nothing but its number.
            ?? found?.FirstOrDefault(r => r is { Problem: not null, Gpu.Uuid: "" } && r.Gpu.Index == gpu.Index);
        if (reading is { Gpu.Uuid.Length: > 0 } || reading is { Problem: null })
        {
            // Kept under the name that this worker's attempts were given.
            _seen[position] = reading.Gpu;
            return reading with { Gpu = gpu with { Name = reading.Gpu.Name, MemoryMiB = reading.Gpu.MemoryMiB, Uuid = reading.Gpu.Uuid } };
        }

        if (reading is not null)
            return new GpuReading(gpu) { Problem = reading.Problem };
        // One that nobody but the user ever told us of can't be missing.
        if (_seen[position] is null && gpu.MemoryMiB == 0)
            return new GpuReading(gpu);
        return new GpuReading(gpu) { Problem = found is null ? problem : "the driver does not list it any more" };
    }
}
