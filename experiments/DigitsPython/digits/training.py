"""The loop that pretrain and train share: minibatches, checkpoints, the best network kept."""

import numpy as np

from . import attempt
from .network import Adam

BATCHES = 40  # in an epoch, however many examples there are, so that data sets of any size get the same training


def fit(network, count, gradients_of, validate, args):
    """
    Trains a network in place of `count` examples and returns the one with the smallest validation loss.

    gradients_of(network, rows, rng) gives the gradients and the loss on some examples;
    validate(network) gives a dictionary of metrics whose first is the loss to minimise.
    """
    optimiser = Adam(network)
    best, best_loss, start = dict(network), np.inf, 0
    if attempt.RESUME:
        saved = attempt.load(attempt.RESUME)
        start, best_loss = int(saved.pop("epoch")), float(saved.pop("best_loss"))
        network, best, optimiser.state = (_unpack(saved, part) for part in ("network", "best", "optimiser"))

    for epoch in range(start, args.epochs):
        # What is drawn depends only on the seed and the epoch, so a resumed run ends as an undisturbed one.
        rng = np.random.RandomState([args.seed, epoch])
        losses = []
        for _ in range(BATCHES):
            gradients, loss = gradients_of(network, rng.randint(count, size=args.batch_size), rng)
            optimiser.step(network, gradients, args.learning_rate, args.weight_decay)
            losses.append(loss)

        metrics = validate(network)
        loss = next(iter(metrics.values()))
        if loss < best_loss:
            best, best_loss = {name: value.copy() for name, value in network.items()}, loss
        attempt.report(step=epoch + 1, train_loss=np.mean(losses), **metrics)
        attempt.progress((epoch + 1) / args.epochs)
        attempt.save(attempt.CHECKPOINT, {
            "epoch": epoch + 1, "best_loss": best_loss,
            **_pack("network", network), **_pack("best", best), **_pack("optimiser", optimiser.state),
        })

    return best


def _pack(part, arrays):
    return {f"{part}/{name}": value for name, value in arrays.items()}


def _unpack(saved, part):
    return {name.removeprefix(part + "/"): value for name, value in saved.items() if name.startswith(part + "/")}
