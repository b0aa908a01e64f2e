[Experiment("curve", Id = "lr{LearningRat}")]
public sealed partial record Curve
{
    public double LearningRate { get; init; } = 0.1;
    public Task RunAsync(RunContext run) => Task.CompletedTask;
}

var curve = new Curve { LearningRate = 0.5 };
WriteLine(curve.Id);
