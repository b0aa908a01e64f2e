using Experiments;

namespace QuickStart;

/// <summary>All that training needs to go on after a stop or a crash.</summary>
internal sealed class Checkpoint(int hidden)
{
    private const string FileName = "training.bin";

    /// <summary>Epochs completed.</summary>
    public int Epoch { get; set; }

    /// <summary>The network in training.</summary>
    public Network Network { get; } = new(hidden);

    /// <summary>The network that was best on the validation images.</summary>
    public Network Best { get; } = new(hidden);

    /// <summary>Its mean cross-entropy on them, in nats.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    public static Checkpoint Start(int hidden, int seed)
    {
        var state = new Checkpoint(hidden);
        state.Network.Initialize(new Generator(~(long)seed));
        return state;
    }

    /// <returns><see langword="null"/>: there is nothing to go on from.</returns>
    public static Checkpoint? Resume(RunContext run, int hidden)
    {
        // Not the file in the checkpoint directory: a run that was completed and is run again starts afresh.
        if (run.ResumeFrom is not { } path)
            return null;

        using var file = File.OpenRead(path);
        using var reader = new BinaryReader(file);
        var state = new Checkpoint(hidden) { Epoch = reader.ReadInt32(), BestLoss = reader.ReadDouble() };
        state.Network.Read(file, velocity: true);
        state.Best.Read(file);
        run.Event("resumed", ("epoch", $"{state.Epoch}"));
        return state;
    }

    /// <summary>Written aside and renamed, so that a kill at any moment leaves the older one whole.</summary>
    public void Save(RunContext run)
    {
        var path = run.CheckpointPath(FileName);
        using (var file = File.Create(path + ".tmp"))
        using (var writer = new BinaryWriter(file))
        {
            writer.Write(Epoch);
            writer.Write(BestLoss);
            writer.Flush();
            Network.Write(file, velocity: true);
            Best.Write(file);
        }

        File.Move(path + ".tmp", path, overwrite: true);
    }
}
