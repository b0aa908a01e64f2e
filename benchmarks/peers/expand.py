"""Expands, names and hashes a sweep the way a careful Python script does: itertools, json and sha256. Prints ids a second."""

import hashlib
import itertools
import json
import sys
import time


def expand(points: int) -> int:
    seeds = points // 1_000
    axes = {
        "learning_rate": [10.0 ** (-4 + i / 3) for i in range(10)],
        "weight_decay": [10.0 ** (-6 + i / 3) for i in range(10)],
        "dropout": [i / 10 for i in range(10)],
        "seed": range(seeds),
    }
    base = {"dataset": "digits", "hidden_width": 64, "batch_size": 64, "momentum": 0.9}
    count = 0
    for values in itertools.product(*axes.values()):
        config = base | dict(zip(axes, values))
        text = json.dumps(config, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        name = f"{config['dataset']}/lr{config['learning_rate']}_wd{config['weight_decay']}_d{config['dropout']}_s{config['seed']}_{digest[:8]}"
        count += len(name) > 0
    return count


if __name__ == "__main__":
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    start = time.perf_counter()
    count = expand(points)
    elapsed = time.perf_counter() - start
    print(f"{count} points, {elapsed:.3f} s, {count / elapsed:,.0f} ids/s")
