using System.Runtime.InteropServices;

namespace Experiments.Runtime.Gpus;

/// <summary>
/// NVIDIA's management library, as far as we need it: the functions by name, each with the versions it came in. A function that the
/// installed driver lacks answers <see cref="NvmlResult.FunctionNotFound"/>; nothing here throws.
/// </summary>
internal sealed unsafe class NvmlLibrary
{
    /// <summary>The name under which the driver installs it.</summary>
    public const string FileName = "libnvidia-ml.so.1";

    private readonly delegate* unmanaged<NvmlResult> _init;
    private readonly delegate* unmanaged<uint*, NvmlResult> _count;
    private readonly delegate* unmanaged<uint, nint*, NvmlResult> _handle;
    private readonly delegate* unmanaged<nint, byte*, uint, NvmlResult> _uuid;
    private readonly delegate* unmanaged<nint, byte*, uint, NvmlResult> _name;
    private readonly delegate* unmanaged<nint, NvmlMemory*, NvmlResult> _memory;
    private readonly delegate* unmanaged<nint, ulong*, NvmlResult> _oldMemory;
    private readonly delegate* unmanaged<nint, uint*, NvmlResult> _utilization;
    private readonly delegate* unmanaged<nint, uint*, NvmlProcess*, NvmlResult> _processes;
    private readonly delegate* unmanaged<nint, uint*, NvmlOldProcess*, NvmlResult> _oldProcesses;
    private readonly delegate* unmanaged<nint, NvmlSample*, uint*, ulong, NvmlResult> _samples;
    private readonly delegate* unmanaged<nint, uint, uint, ulong*, NvmlResult> _eccErrors;
    private readonly delegate* unmanaged<nint, uint*, uint*, uint*, uint*, NvmlResult> _remappedRows;
    private readonly delegate* unmanaged<nint, ulong*, NvmlResult> _energy;
    private readonly delegate* unmanaged<nint, uint*, NvmlResult> _power;
    private readonly delegate* unmanaged<nint, uint*, uint*, NvmlResult> _migMode;
    private readonly delegate* unmanaged<nint, uint*, NvmlResult> _migMax;
    private readonly delegate* unmanaged<nint, uint, nint*, NvmlResult> _migHandle;

    private NvmlLibrary(nint library)
    {
        _init = (delegate* unmanaged<NvmlResult>)Find("nvmlInit_v2", "nvmlInit");
        _count = (delegate* unmanaged<uint*, NvmlResult>)Find("nvmlDeviceGetCount_v2", "nvmlDeviceGetCount");
        _handle = (delegate* unmanaged<uint, nint*, NvmlResult>)Find("nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex");
        _uuid = (delegate* unmanaged<nint, byte*, uint, NvmlResult>)Find("nvmlDeviceGetUUID");
        _name = (delegate* unmanaged<nint, byte*, uint, NvmlResult>)Find("nvmlDeviceGetName");
        _memory = (delegate* unmanaged<nint, NvmlMemory*, NvmlResult>)Find("nvmlDeviceGetMemoryInfo_v2");
        _oldMemory = (delegate* unmanaged<nint, ulong*, NvmlResult>)Find("nvmlDeviceGetMemoryInfo");
        _utilization = (delegate* unmanaged<nint, uint*, NvmlResult>)Find("nvmlDeviceGetUtilizationRates");
        _processes = (delegate* unmanaged<nint, uint*, NvmlProcess*, NvmlResult>)Find("nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2");
        _oldProcesses = (delegate* unmanaged<nint, uint*, NvmlOldProcess*, NvmlResult>)Find("nvmlDeviceGetComputeRunningProcesses");
        _samples = (delegate* unmanaged<nint, NvmlSample*, uint*, ulong, NvmlResult>)Find("nvmlDeviceGetProcessUtilization");
        _eccErrors = (delegate* unmanaged<nint, uint, uint, ulong*, NvmlResult>)Find("nvmlDeviceGetTotalEccErrors");
        _remappedRows = (delegate* unmanaged<nint, uint*, uint*, uint*, uint*, NvmlResult>)Find("nvmlDeviceGetRemappedRows");
        _energy = (delegate* unmanaged<nint, ulong*, NvmlResult>)Find("nvmlDeviceGetTotalEnergyConsumption");
        _power = (delegate* unmanaged<nint, uint*, NvmlResult>)Find("nvmlDeviceGetPowerUsage");
        _migMode = (delegate* unmanaged<nint, uint*, uint*, NvmlResult>)Find("nvmlDeviceGetMigMode");
        _migMax = (delegate* unmanaged<nint, uint*, NvmlResult>)Find("nvmlDeviceGetMaxMigDeviceCount");
        _migHandle = (delegate* unmanaged<nint, uint, nint*, NvmlResult>)Find("nvmlDeviceGetMigDeviceHandleByIndex");

        nint Find(params ReadOnlySpan<string> versions)
        {
            foreach (var version in versions)
            {
                if (NativeLibrary.TryGetExport(library, version, out var function))
                    return function;
            }

            return 0;
        }
    }

    /// <summary>Loads the library; <see langword="null"/> when this host has none. It stays loaded: drivers start threads that must not lose their code.</summary>
    public static NvmlLibrary? TryLoad(string file) => NativeLibrary.TryLoad(file, out var library) ? new NvmlLibrary(library) : null;

    public NvmlResult Initialize() => _init is null ? NvmlResult.FunctionNotFound : _init();

    public NvmlResult Count(out uint count)
    {
        uint read = 0;
        var result = _count is null ? NvmlResult.FunctionNotFound : _count(&read);
        count = read;
        return result;
    }

    public NvmlResult Handle(uint index, out nint device)
    {
        nint read = 0;
        var result = _handle is null ? NvmlResult.FunctionNotFound : _handle(index, &read);
        device = read;
        return result;
    }

    public NvmlResult Uuid(nint device, out string uuid) => Text(_uuid, device, out uuid);

    public NvmlResult Name(nint device, out string name) => Text(_name, device, out name);

    /// <summary>Memory in bytes; <c>Used</c> leaves out what the driver reserves, where it tells the two apart.</summary>
    public NvmlResult Memory(nint device, out (ulong Total, ulong Used) memory)
    {
        var now = new NvmlMemory { Version = (uint)sizeof(NvmlMemory) | (2u << 24) };
        var result = _memory is null ? NvmlResult.FunctionNotFound : _memory(device, &now);
        if (result is NvmlResult.FunctionNotFound or NvmlResult.NotSupported or NvmlResult.ArgumentVersionMismatch or NvmlResult.InvalidArgument && _oldMemory is not null)
        {
            var old = stackalloc ulong[3]; // total, free, used
            result = _oldMemory(device, old);
            (now.Total, now.Used) = (old[0], old[2]);
        }

        memory = result == NvmlResult.Success ? (now.Total, now.Used) : default;
        return result;
    }

    public NvmlResult Utilization(nint device, out uint percent)
    {
        var rates = stackalloc uint[2]; // cores, memory
        var result = _utilization is null ? NvmlResult.FunctionNotFound : _utilization(device, rates);
        percent = result == NvmlResult.Success ? rates[0] : 0;
        return result;
    }

    /// <summary>Processes that compute, with the bytes they use (<see cref="ulong.MaxValue"/>: not known).</summary>
    public NvmlResult Processes(nint device, List<(int Pid, ulong Bytes)> processes)
    {
        const int max = 1024;
        processes.Clear();
        uint count = max;
        NvmlResult result;
        if (_processes is not null)
        {
            var found = new NvmlProcess[max];
            fixed (NvmlProcess* to = found)
                result = _processes(device, &count, to);
            for (var i = 0; result == NvmlResult.Success && i < Math.Min(count, max); i++)
                processes.Add(((int)found[i].Pid, found[i].UsedMemory));
            return result;
        }

        if (_oldProcesses is null)
            return NvmlResult.FunctionNotFound;
        var older = new NvmlOldProcess[max];
        fixed (NvmlOldProcess* to = older)
            result = _oldProcesses(device, &count, to);
        for (var i = 0; result == NvmlResult.Success && i < Math.Min(count, max); i++)
            processes.Add(((int)older[i].Pid, older[i].UsedMemory));
        return result;
    }

    /// <summary>How much each process computed since a time stamp of the driver's (µs), averaged over its samples, 0 to 100.</summary>
    public NvmlResult ProcessUtilization(nint device, ref ulong since, Dictionary<int, double> percent)
    {
        percent.Clear();
        if (_samples is null)
            return NvmlResult.FunctionNotFound;
        uint count = 0;
        var result = _samples(device, null, &count, since);
        if (result is not (NvmlResult.Success or NvmlResult.InsufficientSize) || count is 0 or > 100_000)
            return result;
        var samples = new NvmlSample[count];
        fixed (NvmlSample* to = samples)
            result = _samples(device, to, &count, since);
        if (result != NvmlResult.Success)
            return result;
        foreach (var process in samples.Take((int)count).Where(s => s.TimeStamp > 0).GroupBy(s => (int)s.Pid))
            percent[process.Key] = process.Average(s => s.StreamingMultiprocessors);
        since = samples.Take((int)count).Max(s => s.TimeStamp);
        return result;
    }

    /// <summary>Memory errors since the driver was loaded that could not be corrected.</summary>
    public NvmlResult UncorrectedErrors(nint device, out ulong errors)
    {
        const uint uncorrected = 1, sinceLoaded = 0;
        ulong counted = 0;
        var result = _eccErrors is null ? NvmlResult.FunctionNotFound : _eccErrors(device, uncorrected, sinceLoaded, &counted);
        errors = result == NvmlResult.Success ? counted : 0;
        return result;
    }

    /// <summary>Whether broken memory rows wait for a reset to be replaced, or could not be replaced.</summary>
    public NvmlResult RemappedRows(nint device, out bool pending, out bool failed)
    {
        uint corrected = 0, uncorrected = 0, waits = 0, failure = 0;
        var result = _remappedRows is null ? NvmlResult.FunctionNotFound : _remappedRows(device, &corrected, &uncorrected, &waits, &failure);
        (pending, failed) = result == NvmlResult.Success ? (waits != 0, failure != 0) : (false, false);
        return result;
    }

    public NvmlResult EnergyMillijoules(nint device, out ulong energy)
    {
        ulong read = 0;
        var result = _energy is null ? NvmlResult.FunctionNotFound : _energy(device, &read);
        energy = read;
        return result;
    }

    public NvmlResult PowerMilliwatts(nint device, out uint power)
    {
        uint read = 0;
        var result = _power is null ? NvmlResult.FunctionNotFound : _power(device, &read);
        power = read;
        return result;
    }

    /// <summary>Whether the card is divided into instances, and how many there can be.</summary>
    public NvmlResult MigInstances(nint device, out uint max)
    {
        uint current = 0, pending = 0, read = 0;
        max = 0;
        var result = _migMode is null ? NvmlResult.FunctionNotFound : _migMode(device, &current, &pending);
        if (result != NvmlResult.Success || current == 0)
            return result;
        result = _migMax is null ? NvmlResult.FunctionNotFound : _migMax(device, &read);
        max = result == NvmlResult.Success ? read : 0;
        return result;
    }

    public NvmlResult MigHandle(nint device, uint index, out nint instance)
    {
        nint read = 0;
        var result = _migHandle is null ? NvmlResult.FunctionNotFound : _migHandle(device, index, &read);
        instance = read;
        return result;
    }

    private static NvmlResult Text(delegate* unmanaged<nint, byte*, uint, NvmlResult> function, nint device, out string text)
    {
        const int max = 128;
        var buffer = stackalloc byte[max];
        new Span<byte>(buffer, max).Clear();
        var result = function is null ? NvmlResult.FunctionNotFound : function(device, buffer, max - 1);
        text = result == NvmlResult.Success ? Marshal.PtrToStringUTF8((nint)buffer) ?? "" : "";
        return result;
    }
}
