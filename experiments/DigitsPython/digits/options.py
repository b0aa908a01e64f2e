"""Command-line options that several stages have."""

import argparse

from .data import LABELLED
from .network import WIDTHS


def parser(description):
    options = argparse.ArgumentParser(description=description, allow_abbrev=False)
    options.add_argument("--dataset", required=True, choices=sorted(LABELLED))
    options.add_argument("--size", default="teacher", choices=sorted(WIDTHS))
    return options


def training_parser(description, epochs):
    options = parser(description)
    options.add_argument("--epochs", type=int, default=epochs)
    options.add_argument("--batch-size", type=int, default=32)
    options.add_argument("--learning-rate", type=float, default=2e-3)
    options.add_argument("--weight-decay", type=float, default=1e-3)
    options.add_argument("--seed", type=int, default=0)
    return options
