using System.Globalization;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Slots;

/// <summary>GPUs as <c>nvidia-smi</c> lists them.</summary>
internal sealed class NvidiaSmiInventory : IGpuInventory
{
    private const string Program = "nvidia-smi";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Gpu>> ListAsync(CancellationToken cancel)
    {
        // A driver that hangs must not stop a worker from starting.
        var limit = TimeSpan.FromSeconds(30);
        if (Executable.Find(Program, "/") is not { } path)
            return [];
        var listed = await Command.TryRunAsync([path, "--query-gpu=index,name,memory.total", "--format=csv,noheader,nounits"], "/", limit).ConfigureAwait(false);
        return listed is (0, var output) ? Parse(output) : [];
    }

    /// <summary>Reads the listing; lines that are no GPU (warnings, errors of a single card) are passed over.</summary>
    internal static IReadOnlyList<Gpu> Parse(string listing)
    {
        var gpus = new List<Gpu>();
        foreach (var line in listing.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length == 3 && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                // Memory is "[N/A]" on cards that share the host's.
                _ = long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var memory);
                gpus.Add(new Gpu(index, fields[0], fields[1], memory));
            }
        }

        return gpus;
    }
}
