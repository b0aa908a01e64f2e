using Experiments;

namespace QuickStart;

/// <summary>Trains one network: minibatch gradient descent, the best network kept, and every epoch a checkpoint to go on from.</summary>
internal static class Trainer
{
    public static Classifier.Results Train(Classifier config, RunContext run)
    {
        var (training, validation, test) = Digits.Load();
        var state = Checkpoint.Resume(run, config.Hidden) ?? Checkpoint.Start(config.Hidden, config.Seed);
        var network = state.Network;

        while (state.Epoch < config.Epochs)
        {
            // Asked to stop: the last checkpoint is whole, and the next attempt goes on from it.
            run.Stopping.ThrowIfCancellationRequested();

            var trainLoss = TrainEpoch(config, network, training, state.Epoch);
            state.Epoch++;
            var (testAccuracy, testLoss) = network.Evaluate(test);
            var (validationAccuracy, validationLoss) = network.Evaluate(validation);
            if (validationLoss < state.BestLoss)
            {
                state.BestLoss = validationLoss;
                state.Best.CopyFrom(network);
            }

            run.Report(state.Epoch, ("train_loss", trainLoss), ("test_loss", testLoss), ("test_accuracy", testAccuracy), ("validation_accuracy", validationAccuracy));
            Console.WriteLine($"epoch {state.Epoch}: train loss {trainLoss:F4}, test accuracy {testAccuracy:F4}");
            run.Progress((double)state.Epoch / config.Epochs);
            state.Save(run);
        }

        return Finish(state.Best, validation, test, run);
    }

    /// <returns>Mean cross-entropy over the epoch, in nats.</returns>
    private static double TrainEpoch(Classifier config, Network network, Digits training, int epoch)
    {
        // The order depends only on the seed and the epoch, so a resumed run ends exactly as an undisturbed one.
        var order = new Generator((long)config.Seed << 32 | (uint)epoch).Shuffled(training.Count);
        var loss = 0.0;
        foreach (var batch in order.Chunk(config.BatchSize))
        {
            foreach (var i in batch)
                loss += network.Learn(training.Images[i], training.Labels[i]);
            network.Step(batch.Length, config.LearningRate, config.Momentum, config.WeightDecay);
        }

        return loss / training.Count;
    }

    private static Classifier.Results Finish(Network best, Digits validation, Digits test, RunContext run)
    {
        using (var file = File.Create(run.PathOf("best_model.bin")))
            best.Write(file);
        run.Artifact("model", "best_model.bin");

        // The network was chosen on the validation images; the test images only judge it.
        var (accuracy, loss) = best.Evaluate(test);
        Console.WriteLine($"done: test accuracy {accuracy:F4}");
        return new Classifier.Results
        {
            TestAccuracy = accuracy,
            TestLoss = loss,
            ValidationAccuracy = best.Evaluate(validation).Accuracy,
            Model = new Artifact(run.PathOf("best_model.bin")),
        };
    }
}
