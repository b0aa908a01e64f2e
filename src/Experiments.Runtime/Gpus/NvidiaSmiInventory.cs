using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Gpus;

/// <summary>GPUs as <c>nvidia-smi</c> lists them: where the library can't be used.</summary>
/// <param name="program">The program, by name or path.</param>
internal sealed class NvidiaSmiInventory(string program = "nvidia-smi") : IGpuInventory
{
    private const string Format = "--format=csv,noheader,nounits";

    // Older programs refuse a whole query for one field they don't know.
    private static readonly string[] Queries =
    [
        "index,uuid,name,memory.total,memory.used,utilization.gpu,power.draw,ecc.errors.uncorrected.volatile.total",
        "index,uuid,name,memory.total,memory.used,utilization.gpu,power.draw",
        "index,uuid,name,memory.total",
    ];

    /// <summary>A driver that hangs must not stop a worker from starting.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public bool IsQuick => false;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GpuReading>> ReadAsync(CancellationToken cancel)
    {
        if (Executable.Find(program, "/") is not { } path)
            return [];
        foreach (var query in Queries)
        {
            var cards = NvidiaSmiText.Cards(await AskAsync(path, $"--query-gpu={query}", Format).ConfigureAwait(false));
            if (cards.Count == 0)
                continue;
            var processes = NvidiaSmiText.Processes(await AskAsync(path, "--query-compute-apps=gpu_uuid,pid,used_memory", Format).ConfigureAwait(false));
            var instances = NvidiaSmiText.Instances(await AskAsync(path, "-L").ConfigureAwait(false));
            return NvidiaSmiText.Combine(cards, instances, processes);
        }

        return [];
    }

    private static async Task<string> AskAsync(string path, params string[] words) =>
        await Command.TryRunAsync([path, .. words], "/", AnswerMax).ConfigureAwait(false) is { } answer
            ? answer.Output
            : throw new GpuInventoryException("`nvidia-smi` did not answer");
}
