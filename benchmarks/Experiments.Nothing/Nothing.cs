using Experiments;

namespace Experiments.Nothing;

/// <summary>A run that does nothing, so that all its time is overhead.</summary>
[Experiment("nothing", Id = "nothing/{Number}")]
[Entrypoint("/bin/true", Arguments = ArgumentStyle.None)]
public sealed partial record Nothing
{
    /// <summary>Which of the runs.</summary>
    public int Number { get; init; }
}
