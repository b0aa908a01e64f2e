"""Stage one: a denoising autoencoder learns, without labels, a layer that describes the images."""

import numpy as np

from . import attempt, data, network, options, training

NOISE = 0.3  # fraction of pixels blanked


def main():
    args = options.training_parser(__doc__, epochs=40).parse_args()
    digits = data.load(args.dataset)
    autoencoder = network.initialise(np.random.RandomState(args.seed), 64, network.WIDTHS[args.size][0], 64)

    def reconstruct(model, inputs, targets):
        layers = network.forward(model, inputs)
        return layers, layers[-1] - targets

    def gradients_of(model, rows, rng):
        images = digits.unlabelled[rows]
        layers, error = reconstruct(model, images * (rng.uniform(size=images.shape) > NOISE), images)
        return network.backward(model, layers, error / len(rows)), np.mean(error**2)

    def validate(model):
        _, error = reconstruct(model, digits.validation.images, digits.validation.images)
        return {"val_loss": np.mean(error**2)}

    best = training.fit(autoencoder, len(digits.unlabelled), gradients_of, validate, args)
    attempt.save(attempt.DIRECTORY / "encoder.npz", {"w0": best["w0"], "b0": best["b0"]})
    attempt.artifact("encoder", "encoder.npz")
    attempt.report(**validate(best))


if __name__ == "__main__":
    main()
