using System.ComponentModel.DataAnnotations;
using Experiments;

namespace QuickStart;

/// <summary>A multilayer perceptron that reads handwritten digits.</summary>
[Experiment("classifier", Id = "lr{LearningRate}_h{Hidden}_wd{WeightDecay:0e0}_s{Seed}")]
[Timeout("10m")]
public sealed partial record Classifier
{
    /// <summary>Step size of stochastic gradient descent.</summary>
    [Range(1e-6, 10.0)] public double LearningRate { get; init; } = 0.1;

    /// <summary>Width of the hidden layer.</summary>
    [Range(1, 4096)] public int Hidden { get; init; } = 64;

    /// <summary>How strongly weights are pulled towards zero.</summary>
    [Range(0.0, 1.0)] public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Fraction of the last step that carries over into the next.</summary>
    [Range(0.0, 0.999)] public double Momentum { get; init; } = 0.9;

    /// <summary>Images in a minibatch.</summary>
    [Range(1, 1024)] public int BatchSize { get; init; } = 32;

    /// <summary>Passes over the training images.</summary>
    [Range(1, 10_000)] public int Epochs { get; init; } = 40;

    /// <summary>Draws the first weights and the order of the images. The split into training, validation and test images never changes.</summary>
    public int Seed { get; init; }

    /// <summary>Trains the network; a worker calls this in a process of its own.</summary>
    public Task<Results> RunAsync(RunContext run) => Task.FromResult(Trainer.Train(this, run));

    /// <summary>What a run leaves: the quality of the network that was best on the validation images.</summary>
    public sealed partial record Results
    {
        /// <summary>Fraction of the test images read correctly.</summary>
        [Metric(Goal.Maximize, Primary = true)] public double TestAccuracy { get; init; }

        /// <summary>Mean cross-entropy on the test images, in nats.</summary>
        [Metric(Goal.Minimize)] public double TestLoss { get; init; }

        /// <summary>Fraction of the validation images read correctly.</summary>
        [Metric(Goal.Maximize)] public double ValidationAccuracy { get; init; }

        /// <summary>The network.</summary>
        [Artifact("best_model.bin")] public Artifact Model { get; init; }
    }
}
