"""The digits, and the two data sets made of them."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SOURCE = Path(__file__).resolve().parents[2] / "data" / "digits.csv.gz"

# How many of the training images come with their labels.
LABELLED = {"optdigits": None, "optdigits_few": 100}


@dataclass
class Part:
    """Images as rows of 64 numbers in 0 .. 1, and the digits they show."""

    images: np.ndarray
    labels: np.ndarray


@dataclass
class Digits:
    """The parts of a data set; the same in every run."""

    labelled: Part
    unlabelled: np.ndarray  # all training images, labelled or not
    validation: Part
    test: Part


def load(dataset: str) -> Digits:
    with gzip.open(SOURCE, "rt") as file:
        rows = np.array(list(csv.reader(file)), dtype=float)
    rows = rows[np.random.RandomState(20).permutation(len(rows))]
    images, labels = rows[:, :64] / 16, rows[:, 64].astype(int)

    def part(begin, end):
        return Part(images[begin:end], labels[begin:end])

    count = LABELLED[dataset]
    return Digits(
        labelled=part(600, None if count is None else 600 + count),
        unlabelled=images[600:],
        validation=part(300, 600),
        test=part(0, 300),
    )
