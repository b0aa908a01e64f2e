"""A multi-class perceptron on 8x8 digits, with nothing but the standard library."""
import argparse
import gzip
import json
import os
from pathlib import Path


def load():
    path = Path(__file__).parent / "../data/digits.csv.gz"
    with gzip.open(path, "rt") as file:
        rows = [[float(cell) for cell in line.split(",")] for line in file]
    return [([v / 16 for v in row[:64]] + [1.0], int(row[64])) for row in rows]


def predict(weights, image):
    scores = [sum(w * x for w, x in zip(row, image)) for row in weights]
    return scores.index(max(scores))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()

    data = load()
    test, train = data[:300], data[300:1200]
    weights = [[0.0] * 65 for _ in range(10)]
    events = open(os.environ["EXP_EVENTS"], "a", buffering=1)
    for epoch in range(1, options.epochs + 1):
        for image, label in train:
            guess = predict(weights, image)
            if guess != label:
                for i, x in enumerate(image):
                    weights[label][i] += options.rate * x
                    weights[guess][i] -= options.rate * x
        accuracy = sum(predict(weights, image) == label for image, label in test) / len(test)
        events.write(json.dumps({"metrics": {"test_accuracy": accuracy}, "step": epoch}) + "\n")
    with open(Path(os.environ["EXP_RUN_DIR"]) / "weights.json", "w") as file:
        json.dump(weights, file)


main()
