using Experiments;

namespace DigitsPython;

/// <summary>What does a teacher do for its student? Six evaluations, which bring the ten runs they need.</summary>
[Sweep]
public sealed partial record Distillation : ISweep<Evaluate>
{
    [All] public Dataset Dataset { get; init; }
    [All] public Size Size { get; init; }
    [All] public bool Distilled { get; init; }

    /// <summary>A teacher has nobody to learn from.</summary>
    public bool Include => !(Size == Size.Teacher && Distilled);
}
