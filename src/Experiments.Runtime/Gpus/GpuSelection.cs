using System.Globalization;

namespace Experiments.Runtime.Gpus;

/// <summary>Decides which GPUs a worker uses.</summary>
internal static class GpuSelection
{
    /// <summary>The variable that limits CUDA to some GPUs.</summary>
    public const string Variable = "CUDA_VISIBLE_DEVICES";

    /// <summary>
    /// The GPUs asked for, else those <c>CUDA_VISIBLE_DEVICES</c> leaves this process, else all of the inventory;
    /// <see langword="null"/> when there is nothing to manage.
    /// </summary>
    /// <param name="asked">Indexes (<c>0</c>, for all MIG instances of the card where it has some; <c>0:1</c> for one) or identifiers from the user; <see langword="null"/>: none given.</param>
    /// <param name="visible">Value of <c>CUDA_VISIBLE_DEVICES</c>; <see langword="null"/>: not set.</param>
    /// <param name="inventory">What the host has.</param>
    /// <exception cref="ExperimentsException">EXP8030: a GPU asked for does not exist or is named twice.</exception>
    public static IReadOnlyList<Gpu>? Choose(IReadOnlyList<string>? asked, string? visible, IReadOnlyList<Gpu> inventory)
    {
        if (asked is not null)
            return Asked(asked, inventory);
        if (visible is not null)
            return Visible(visible, inventory);
        return inventory.Count > 0 ? inventory : null;
    }

    private static List<Gpu> Asked(IReadOnlyList<string> asked, IReadOnlyList<Gpu> inventory)
    {
        var chosen = new List<Gpu>();
        foreach (var name in asked)
        {
            foreach (var gpu in Find(name, inventory))
            {
                if (chosen.Exists(gpu.IsSame))
                    throw new ExperimentsException("EXP8030", $"expected each GPU to be named once, got `{name}` twice", "to share a GPU between attempts use `--per-gpu`");
                chosen.Add(gpu);
            }
        }

        return chosen;
    }

    private static IReadOnlyList<Gpu> Find(string name, IReadOnlyList<Gpu> inventory)
    {
        var found = inventory.Where(g => g.Label == name || (g.Mig is not null && g.Index.ToString(CultureInfo.InvariantCulture) == name) || IsIdentifier(g, name)).ToList();
        if (found.Count > 0)
            return found;
        // Without an inventory (no driver that we can ask) the user knows better.
        if (inventory.Count == 0 && Unknown(name, 0) is { } believed)
            return [believed];
        throw new ExperimentsException("EXP8030", $"expected GPU `{name}` to exist, got {inventory.Count} GPUs: {string.Join(", ", inventory.Select(g => $"`{g.Label}`"))}",
            "`nvidia-smi -L` lists them");
    }

    /// <summary>The devices of a <c>CUDA_VISIBLE_DEVICES</c> value, kept as they are named there: numbers, <c>GPU-…</c> or <c>MIG-…</c>.</summary>
    private static IReadOnlyList<Gpu> Visible(string visible, IReadOnlyList<Gpu> inventory)
    {
        var chosen = new List<Gpu>();
        foreach (var device in visible.Split(',', StringSplitOptions.TrimEntries))
        {
            // CUDA ignores everything from the first invalid device on.
            if (Named(device, inventory) is not { } gpu)
                break;
            if (!chosen.Exists(gpu.IsSame))
                chosen.Add(gpu);
        }

        return chosen;

        Gpu? Named(string device, IReadOnlyList<Gpu> all)
        {
            // A number names a card; of one that is divided, CUDA takes the first instance.
            if (all.FirstOrDefault(g => g.Device == device || IsIdentifier(g, device) || (g.Mig == 0 && g.Index.ToString(CultureInfo.InvariantCulture) == device)) is { } known)
                return known with { Device = device };
            return Unknown(device, chosen.Count);
        }
    }

    /// <summary>A GPU nobody told us of; <see langword="null"/> when this is no name of one.</summary>
    private static Gpu? Unknown(string name, int position)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return new Gpu(index, name);
        return name.StartsWith("GPU-", StringComparison.Ordinal) || name.StartsWith("MIG-", StringComparison.Ordinal) ? new Gpu(position, name, Uuid: name) : null;
    }

    /// <summary>CUDA takes the beginning of an identifier for the whole.</summary>
    private static bool IsIdentifier(Gpu gpu, string name) =>
        name.Length > "GPU-".Length && (gpu.Uuid.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
