using Experiments;

namespace DigitsPython;

/// <summary>Stage three: the test images, which no earlier stage has seen, judge the classifier.</summary>
[Experiment("evaluate", Id = "{Dataset}/{Size}_evaluate{Distilled?_kd}")]
[Entrypoint("-m digits.evaluate")]
[Retry(1), Timeout("10m")]
public sealed partial record Evaluate
{
    public required Dataset Dataset { get; init; }
    public Size Size { get; init; } = Size.Teacher;

    /// <summary>Judge the student that learnt from a teacher.</summary>
    public bool Distilled { get; init; }

    [Input] public Train Model => new() { Dataset = Dataset, Size = Size, Distilled = Distilled };

    public sealed partial record Results
    {
        [Metric(Goal.Maximize, Primary = true)] public double TestAccuracy { get; init; }
        [Metric(Goal.Minimize)] public double TestLoss { get; init; }
        [Artifact("predictions.csv")] public Artifact Predictions { get; init; }
    }
}
