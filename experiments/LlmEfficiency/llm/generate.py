"""Answers prompts with a model, and reports what that took."""

import argparse
import json
import os
from pathlib import Path

# One thread a process: runs side by side must not take each other's cores while they are measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from .energy import Tracker
from .shape import SHAPES

PROMPT_TOKENS = 40

DIRECTORY = Path(os.environ.get("EXP_RUN_DIR", "."))
RANK = int(os.environ.get("RANK", "0"))
RANKS = int(os.environ.get("WORLD_SIZE", "1"))


def options():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--model", required=True, choices=sorted(SHAPES))
    parser.add_argument("--precision", default="float32", choices=["float64", "float32", "float16"])
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--decoder", default="greedy", choices=["greedy", "top_k"])
    parser.add_argument("--input-prompts", type=int, default=16)
    parser.add_argument("--output-tokens", type=int, default=24)
    parser.add_argument("--warmup-iterations", type=int, default=3)
    parser.add_argument("--watts-per-core", type=float, default=10)
    parser.add_argument("--cycle", type=int, default=1)
    return parser.parse_args()


def load(name, precision):
    """The model, and the index of its GPU: in PyTorch where there is one, else in NumPy."""
    if os.environ.get("CUDA_VISIBLE_DEVICES") != "":
        try:
            import torch
        except ImportError:
            torch = None
        if torch is not None and torch.cuda.is_available():
            from .torch_model import Model

            visible = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
            local = int(os.environ.get("LOCAL_RANK", "0"))
            return Model(SHAPES[name], precision, torch.device("cuda", local)), visible[local] if visible[0] else local
    from .numpy_model import Model

    return Model(SHAPES[name], precision), None


def prompts(count):
    """The prompts of this process: every process has its share."""
    lines = (Path(__file__).parent / "prompts.txt").read_bytes().splitlines()
    chosen = [lines[i % len(lines)] for i in range(count)][RANK::RANKS]
    return [np.frombuffer(line.ljust(PROMPT_TOKENS)[:PROMPT_TOKENS], dtype=np.uint8).astype(np.int64) for line in chosen]


def answer(model, batch, count, decoder, random):
    """The tokens that follow the prompts of a batch, and the operations they took."""
    shape, cache, flops, output = model.shape, model.start(len(batch)), 0, []
    tokens = np.stack(batch, axis=1)
    for position in range(PROMPT_TOKENS + count - 1):
        current = tokens[position] if position < PROMPT_TOKENS else output[-1]
        logits = model.next(current, position, cache)
        flops += len(batch) * shape.flops(position)
        if position >= PROMPT_TOKENS - 1:
            output.append(model.choose(logits, decoder, random))
    return np.stack(output, axis=1), flops


def main():
    chosen = options()
    model, gpu = load(chosen.model, chosen.precision)
    mine = prompts(chosen.input_prompts)
    batches = [mine[i : i + chosen.batch_size] for i in range(0, len(mine), chosen.batch_size)]
    random = np.random.RandomState(chosen.cycle)
    for _ in range(chosen.warmup_iterations):
        answer(model, batches[0], 2, chosen.decoder, random)
    model.synchronise()

    tracker = Tracker(chosen.watts_per_core, gpu)
    tracker.start()
    tokens, flops, texts = 0, 0, []
    for index, batch in enumerate(batches):
        output, operations = answer(model, batch, chosen.output_tokens, chosen.decoder, random)
        tokens += output.size
        flops += operations
        texts += [bytes(row.astype(np.uint8)).decode("latin-1") for row in output]
        event({"progress": (index + 1) / len(batches)})
    model.synchronise()
    seconds, joules, is_estimate = tracker.stop()

    report({
        "parameters": model.shape.parameters,
        "layers": model.shape.layers,
        "tokens": tokens,
        "queries": len(mine),
        "duration": seconds,
        "flops": flops,
        "peak_memory_mib": model.peak_memory() / 2**20,
        "energy": joules,
        "energy_estimated": is_estimate,
    })
    if RANK == 0:
        write("text_output.json", [{"prompt": bytes(p.astype(np.uint8)).decode().rstrip(), "text": t} for p, t in zip(mine, texts)])


def report(metrics):
    """One file a process; of several, the results record says what becomes of each number."""
    write(f"metrics.rank{RANK}.json" if RANKS > 1 else "metrics.json", {name: float(value) for name, value in metrics.items()})


def event(line):
    if RANK == 0 and "EXP_EVENTS" in os.environ:
        with open(os.environ["EXP_EVENTS"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def write(name, value):
    path = DIRECTORY / name
    aside = path.with_name(name + ".tmp")
    aside.write_text(json.dumps(value, indent=1), encoding="utf-8")
    os.replace(aside, path)


if __name__ == "__main__":
    main()
