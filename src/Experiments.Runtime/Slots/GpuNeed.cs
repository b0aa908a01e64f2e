namespace Experiments.Runtime.Slots;

/// <summary>What a run needs of GPUs.</summary>
/// <param name="Gpus">How many, each another card.</param>
/// <param name="MemoryMiB">Memory on each; 0: not known, so it gets an equal share of the card.</param>
internal readonly record struct GpuNeed(int Gpus, long MemoryMiB = 0);
