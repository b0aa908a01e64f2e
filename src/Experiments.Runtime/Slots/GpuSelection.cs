using System.Globalization;

namespace Experiments.Runtime.Slots;

/// <summary>Decides which GPUs a worker uses.</summary>
internal static class GpuSelection
{
    /// <summary>The variable that limits CUDA to some GPUs.</summary>
    public const string Variable = "CUDA_VISIBLE_DEVICES";

    /// <summary>
    /// The GPUs asked for by index, else those <c>CUDA_VISIBLE_DEVICES</c> leaves this process, else all of the inventory;
    /// <see langword="null"/> when there is nothing to manage.
    /// </summary>
    /// <param name="asked">Indexes from the user; <see langword="null"/>: none given.</param>
    /// <param name="visible">Value of <c>CUDA_VISIBLE_DEVICES</c>; <see langword="null"/>: not set.</param>
    /// <param name="inventory">What the host has.</param>
    /// <exception cref="ExperimentsException">EXP8030: a GPU asked for does not exist or is named twice.</exception>
    public static IReadOnlyList<Gpu>? Choose(IReadOnlyList<int>? asked, string? visible, IReadOnlyList<Gpu> inventory)
    {
        if (asked is not null)
            return [.. asked.Select(index => Find(asked, index, inventory))];
        if (visible is not null)
            return Visible(visible, inventory);
        return inventory.Count > 0 ? inventory : null;
    }

    private static Gpu Find(IReadOnlyList<int> asked, int index, IReadOnlyList<Gpu> inventory)
    {
        if (asked.Count(i => i == index) > 1)
            throw new ExperimentsException("EXP8030", $"expected each GPU to be named once, got `{index}` twice", "to share a GPU between attempts use `--per-gpu`");
        // Without an inventory (no nvidia-smi) the user knows better.
        return inventory.FirstOrDefault(g => g.Index == index)
            ?? (inventory.Count == 0 && index >= 0 ? new Gpu(index, index.ToString(CultureInfo.InvariantCulture)) : null)
            ?? throw new ExperimentsException("EXP8030", $"expected GPU `{index}` to exist, got {inventory.Count} GPUs: {string.Join(", ", inventory.Select(g => $"`{g.Index}`"))}",
                "`nvidia-smi -L` lists them");
    }

    /// <summary>The devices of a <c>CUDA_VISIBLE_DEVICES</c> value, kept as they are named there: numbers, <c>GPU-…</c> or <c>MIG-…</c>.</summary>
    private static IReadOnlyList<Gpu> Visible(string visible, IReadOnlyList<Gpu> inventory) =>
        [.. visible.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .TakeWhile(device => device != "-1") // CUDA ignores everything after an invalid device.
            .Distinct()
            .Select((device, position) => inventory.FirstOrDefault(g => g.Device == device)
                ?? new Gpu(int.TryParse(device, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : position, device))];
}
