"""A classifier of handwritten digits with one hidden layer. Nothing in here knows who calls it."""

import csv
import gzip
from pathlib import Path

import numpy as np

SOURCE = Path(__file__).resolve().parents[2] / "data" / "digits.csv.gz"
HIDDEN = 48


def train_classification(job_id, worker_id, storage_path, **config):
    """Trains with a configuration and returns the final metrics and the files it left in `storage_path`."""
    storage = Path(storage_path)
    storage.mkdir(parents=True, exist_ok=True)
    print(f"{job_id}: {worker_id} trains with {config}")
    (images, labels), (val_images, val_labels) = load()
    random = np.random.RandomState(config["seed"])
    weights = [random.standard_normal((64, HIDDEN)) / 8, np.zeros(HIDDEN), random.standard_normal((HIDDEN, 10)) / 7, np.zeros(10)]
    velocity = [np.zeros_like(w) for w in weights]
    for epoch in range(config["epochs"]):
        order = random.permutation(len(images))
        for begin in range(0, len(order), config["batch_size"]):
            batch = order[begin : begin + config["batch_size"]]
            for w, v, gradient in zip(weights, velocity, gradients(weights, images[batch], labels[batch])):
                v *= config["optim"]["momentum"]
                v -= config["learning_rate"] * (gradient + config["optim"]["weight_decay"] * w)
                w += v
        loss, accuracy = judge(weights, val_images, val_labels)
        print(f"epoch {epoch + 1}: loss {loss:.3f}, accuracy {accuracy:.3f}")
    np.savez(storage / "model.npz", *weights)
    return {"metrics": {"val_acc": accuracy, "val_loss": loss}, "artifacts": {"checkpoint": "model.npz"}}


def load():
    with gzip.open(SOURCE, "rt") as file:
        rows = np.array(list(csv.reader(file)), dtype=float)
    rows = rows[np.random.RandomState(20).permutation(len(rows))]
    images, labels = rows[:, :64] / 16, rows[:, 64].astype(int)
    return (images[600:], labels[600:]), (images[300:600], labels[300:600])


def forward(weights, images):
    hidden = np.maximum(images @ weights[0] + weights[1], 0)
    # A learning rate that is far too large drives these out of all bounds; the loss says so.
    scores = np.clip(np.nan_to_num(hidden @ weights[2] + weights[3]), -1e6, 1e6)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hidden, scores / scores.sum(axis=1, keepdims=True)


def gradients(weights, images, labels):
    hidden, probabilities = forward(weights, images)
    error = (probabilities - np.eye(10)[labels]) / len(images)
    back = error @ weights[2].T * (hidden > 0)
    return images.T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)


def judge(weights, images, labels):
    _, probabilities = forward(weights, images)
    chosen = np.clip(probabilities[np.arange(len(labels)), labels], 1e-12, 1)
    return float(-np.log(chosen).mean()), float((probabilities.argmax(axis=1) == labels).mean())
