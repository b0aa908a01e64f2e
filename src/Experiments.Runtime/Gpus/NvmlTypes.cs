using System.Runtime.InteropServices;

namespace Experiments.Runtime.Gpus;

/// <summary>What NVML's functions return (<c>nvmlReturn_t</c>).</summary>
internal enum NvmlResult
{
    Success = 0,
    Uninitialized = 1,
    InvalidArgument = 2,
    NotSupported = 3,
    NoPermission = 4,
    NotFound = 6,
    InsufficientSize = 7,
    InsufficientPower = 8,
    DriverNotLoaded = 9,
    Timeout = 10,
    IrqIssue = 11,
    LibraryNotFound = 12,
    FunctionNotFound = 13,
    CorruptedInforom = 14,
    GpuIsLost = 15,
    ResetRequired = 16,
    OperatingSystem = 17,
    LibraryMismatch = 18,
    InUse = 19,
    Memory = 20,
    NoData = 21,
    ArgumentVersionMismatch = 25,
    GpuNotFound = 28,
    Unknown = 999,
}

/// <summary><c>nvmlMemory_v2_t</c>, in bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlMemory
{
    public uint Version;
    public ulong Total;
    public ulong Reserved;
    public ulong Free;
    public ulong Used;
}

/// <summary><c>nvmlProcessInfo_v2_t</c>, which the third version of its function fills too.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlProcess
{
    public uint Pid;
    public ulong UsedMemory;
    public uint GpuInstance;
    public uint ComputeInstance;
}

/// <summary><c>nvmlProcessInfo_v1_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlOldProcess
{
    public uint Pid;
    public ulong UsedMemory;
}

/// <summary><c>nvmlProcessUtilizationSample_t</c>; utilisation in percent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NvmlSample
{
    public uint Pid;
    public ulong TimeStamp;
    public uint StreamingMultiprocessors;
    public uint Memory;
    public uint Encoder;
    public uint Decoder;
}
