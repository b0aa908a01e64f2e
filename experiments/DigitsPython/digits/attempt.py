"""The contract with whoever runs this process: where to write and how to report. See docs/run-protocol.md."""

import json
import os
import time
from pathlib import Path

import numpy as np

# Without a worker everything goes to the current directory, so that every stage can be tried by hand.
DIRECTORY = Path(os.environ.get("EXP_RUN_DIR", "."))
CHECKPOINT = Path(os.environ.get("EXP_CHECKPOINT_DIR", ".")) / "training.npz"

# Not just the file above, if it exists: a run that was completed and is run again starts afresh, and the worker knows.
RESUME = Path(os.environ["EXP_RESUME"]) if os.environ.get("EXP_RESUME") else None


def report(step=None, **metrics):
    """Appends metrics to the events file: one line, one write."""
    event = {"metrics": {name: float(value) for name, value in metrics.items()}, "time": time.time()}
    if step is not None:
        event["step"] = step
    _append(event)


def progress(fraction):
    _append({"progress": fraction})


def artifact(name, file):
    _append({"artifact": name, "path": file})


def _append(event):
    line = json.dumps(event) + "\n"
    if path := os.environ.get("EXP_EVENTS"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(line)
    else:
        print(line, end="", flush=True)


def input_directory(name):
    """The directory of the run that this one depends on."""
    return Path(os.environ[f"EXP_INPUT_{name.upper()}"])


def save(path, arrays):
    """Writes aside and renames, so that a kill at any moment leaves the older file whole."""
    aside = path.with_name(path.name + ".tmp")
    with open(aside, "wb") as file:
        np.savez(file, **arrays)
    os.replace(aside, path)


def load(path):
    with np.load(path) as arrays:
        return dict(arrays)
