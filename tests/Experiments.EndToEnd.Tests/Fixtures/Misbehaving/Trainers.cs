using System.ComponentModel.DataAnnotations;
using Experiments;

namespace Misbehaving;

/// <summary>Prints more than anybody wants to read.</summary>
[Experiment("noisy", Id = "noisy")]
[Entrypoint("trainers/noisy.sh")]
public sealed partial record Noisy
{
    /// <summary>How much, in MB.</summary>
    [Range(1, 1000)] public int Megabytes { get; init; } = 200;

    public sealed partial record Results
    {
        [Metric(Goal.Maximize)] public double Score { get; init; }
    }
}

/// <summary>Does not listen to SIGTERM.</summary>
[Experiment("stubborn", Id = "stubborn")]
[Entrypoint("trainers/stubborn.sh", Arguments = ArgumentStyle.None)]
public sealed partial record Stubborn;

/// <summary>Writes events that aren't JSON between good ones.</summary>
[Experiment("garbled", Id = "garbled")]
[Entrypoint("trainers/garbled.sh", Arguments = ArgumentStyle.None)]
public sealed partial record Garbled
{
    public sealed partial record Results
    {
        [Metric(Goal.Maximize)] public double Score { get; init; }
    }
}

/// <summary>Reports numbers that are none.</summary>
[Experiment("diverging", Id = "diverging/{Seed}")]
[Entrypoint("trainers/diverging.sh")]
public sealed partial record Diverging
{
    public int Seed { get; init; }

    public sealed partial record Results
    {
        [Metric(Goal.Minimize)] public double Loss { get; init; }
        [Metric(Goal.Minimize)] public double Bound { get; init; }
    }
}

[Sweep]
public sealed partial record Divergence : ISweep<Diverging>
{
    [Seeds(3)] public int Seed { get; init; }
}

/// <summary>Ends with an error.</summary>
[Experiment("failing", Id = "failing")]
[Entrypoint("trainers/failing.sh", Arguments = ArgumentStyle.None)]
public sealed partial record Failing;

/// <summary>Leaves what are no files in its directory.</summary>
[Experiment("strange", Id = "strange")]
[Entrypoint("trainers/strange.sh", Arguments = ArgumentStyle.None)]
public sealed partial record Strange;

/// <summary>Lets anybody choose its directory.</summary>
[Experiment("named", Id = "named/{Name}")]
[Entrypoint("trainers/named.sh")]
public sealed partial record Named
{
    public required string Name { get; init; }
}
