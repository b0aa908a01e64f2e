using System.Globalization;

namespace Experiments.Runtime.Gpus;

/// <summary>GPUs as NVIDIA's management library tells them. Every result is judged: what is not supported is unknown, what is lost is out of service.</summary>
internal sealed class NvmlInventory : IGpuInventory
{
    /// <summary>A call that does not come back (a dead card can hold the driver) is given up, and not repeated before it does.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    private const ulong MiB = 1024 * 1024;

    private readonly NvmlLibrary _library;
    private readonly Lock _lock = new();
    private readonly Dictionary<nint, ulong> _sampled = [];
    private Task<IReadOnlyList<GpuReading>>? _reading;

    private NvmlInventory(NvmlLibrary library) => _library = library;

    /// <inheritdoc/>
    public bool IsQuick => true;

    /// <summary>Opens the library; <see langword="null"/> where there is none or it can't be used: then <c>nvidia-smi</c> is asked.</summary>
    /// <param name="file">The library, by name or path.</param>
    public static NvmlInventory? TryOpen(string file = NvmlLibrary.FileName) =>
        NvmlLibrary.TryLoad(file) is { } library && library.Initialize() == NvmlResult.Success ? new NvmlInventory(library) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GpuReading>> ReadAsync(CancellationToken cancel)
    {
        Task<IReadOnlyList<GpuReading>> reading;
        lock (_lock)
        {
            // One call at a time: readers that come meanwhile get the same answer.
            if (_reading is null || _reading.IsCompleted)
                _reading = Task.Run(Read, CancellationToken.None);
            reading = _reading;
        }

        try
        {
            return await reading.WaitAsync(AnswerMax, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new GpuInventoryException(string.Create(CultureInfo.InvariantCulture, $"the driver has not answered for {AnswerMax.TotalSeconds:0} s"));
        }
    }

    private IReadOnlyList<GpuReading> Read()
    {
        var counted = _library.Count(out var count);
        if (counted is NvmlResult.Uninitialized or NvmlResult.DriverNotLoaded && _library.Initialize() == NvmlResult.Success)
            counted = _library.Count(out count); // The driver was loaded anew.
        if (counted != NvmlResult.Success)
            throw new GpuInventoryException($"NVML says {Words(counted)}");
        var readings = new List<GpuReading>();
        for (var index = 0; index < count; index++)
        {
            var found = _library.Handle((uint)index, out var device);
            if (found == NvmlResult.Success)
                ReadCard(index, device, readings);
            else if (found != NvmlResult.NoPermission) // A card that a container was not given.
                readings.Add(new GpuReading(new Gpu(index, Text(index))) { Problem = Problem(found) ?? $"NVML says {Words(found)}" });
        }

        return readings;
    }

    private void ReadCard(int index, nint device, List<GpuReading> readings)
    {
        var card = ReadDevice(device, new Gpu(index, Text(index)), out var broken);
        card = card with { Problem = broken ?? Health(device) };
        card = ReadMeters(device, card);
        if (_library.MigInstances(device, out var max) != NvmlResult.Success || max == 0)
        {
            readings.Add(card);
            return;
        }

        var instances = new List<GpuReading>();
        for (uint i = 0; i < max; i++)
        {
            if (_library.MigHandle(device, i, out var instance) == NvmlResult.Success)
                instances.Add(ReadDevice(instance, new Gpu(index, "", Mig: (int)i), out var lost) with { Problem = card.Problem ?? lost });
        }

        // Instances have no meters of their own.
        var memory = Math.Max(1, instances.Sum(i => i.Gpu.MemoryMiB));
        readings.AddRange(instances.Select(i => i with
        {
            Gpu = i.Gpu with { Device = i.Gpu.Uuid },
            EnergyJoules = card.EnergyJoules * i.Gpu.MemoryMiB / memory,
            PowerWatts = card.PowerWatts * i.Gpu.MemoryMiB / memory,
            IsShareOfCard = true,
        }));
    }

    /// <summary>What cards and MIG instances both tell.</summary>
    private GpuReading ReadDevice(nint device, Gpu gpu, out string? broken)
    {
        var results = new List<NvmlResult> { _library.Uuid(device, out var uuid), _library.Name(device, out var name) };
        var remembered = _library.Memory(device, out var memory);
        results.Add(remembered);
        var used = _library.Utilization(device, out var percent);
        results.Add(used);
        broken = results.Select(Problem).FirstOrDefault(p => p is not null);
        return new GpuReading(gpu with { Uuid = uuid, Name = name, MemoryMiB = (long)(memory.Total / MiB) })
        {
            UsedMiB = remembered == NvmlResult.Success ? (long)(memory.Used / MiB) : null,
            UtilizationPercent = used == NvmlResult.Success ? percent : null,
            Processes = Processes(device),
        };
    }

    private List<GpuProcess>? Processes(nint device)
    {
        var found = new List<(int Pid, ulong Bytes)>();
        if (_library.Processes(device, found) != NvmlResult.Success)
            return null;
        var percent = new Dictionary<int, double>();
        if (found.Count > 1)
        {
            // Only processes that share a card are told apart by how much they compute.
            var since = _sampled.GetValueOrDefault(device);
            if (_library.ProcessUtilization(device, ref since, percent) == NvmlResult.Success)
                _sampled[device] = since;
        }

        return [.. found.Select(p => new GpuProcess(p.Pid, p.Bytes == ulong.MaxValue ? null : (long)(p.Bytes / MiB), percent.TryGetValue(p.Pid, out var share) ? share : null))];
    }

    private GpuReading ReadMeters(nint device, GpuReading card) => card with
    {
        EnergyJoules = _library.EnergyMillijoules(device, out var energy) == NvmlResult.Success ? energy / 1000.0 : null,
        PowerWatts = _library.PowerMilliwatts(device, out var power) == NvmlResult.Success ? power / 1000.0 : null,
    };

    private string? Health(nint device)
    {
        var counted = _library.UncorrectedErrors(device, out var errors);
        if (errors > 0)
            return string.Create(CultureInfo.InvariantCulture, $"uncorrected memory (ECC) errors since the driver was loaded: {errors}");
        var remapped = _library.RemappedRows(device, out var pending, out var failed);
        if (failed)
            return "broken memory rows could not be replaced: the card needs service";
        return pending ? "broken memory rows are replaced when the card is reset" : Problem(counted) ?? Problem(remapped);
    }

    /// <summary>Results that mean that the card can't compute, whichever function says so.</summary>
    private static string? Problem(NvmlResult result) => result switch
    {
        NvmlResult.GpuIsLost => "it has fallen off the bus",
        NvmlResult.ResetRequired => "it must be reset",
        NvmlResult.GpuNotFound or NvmlResult.IrqIssue or NvmlResult.InsufficientPower => $"NVML says {Words(result)}",
        _ => null,
    };

    private static string Words(NvmlResult result) => Enum.IsDefined(result)
        ? string.Create(CultureInfo.InvariantCulture, $"error {(int)result} ({result})")
        : string.Create(CultureInfo.InvariantCulture, $"error {(int)result}");

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
