"""Calls `package.module:function(job_id, worker_id, storage_path, **config)` as one attempt of a run."""
import importlib
import json
import os
import sys

# Imports are relative to the working directory, not to this file.
sys.path[0] = os.getcwd()

module_name, _, function_name = sys.argv[1].partition(":")
function = importlib.import_module(module_name)
for name in function_name.split("."):
    function = getattr(function, name)

with open(os.environ["EXP_CONFIG"], encoding="utf-8") as file:
    config = json.load(file)
directory = os.environ["EXP_RUN_DIR"]
result = function(os.environ["EXP_RUN_ID"], os.environ["EXP_WORKER_ID"], directory, **config)

if result is not None and not isinstance(result, dict):
    raise TypeError(f"expected {sys.argv[1]} to return a dict or None, got {type(result).__name__}")
result = result or {}
artifacts = result.get("artifacts") or {}
with open(os.environ["EXP_EVENTS"], "a", encoding="utf-8") as events:
    for name, path in artifacts.items():
        # A path outside the run's directory is kept as it is; inside, it stays true after publishing.
        path = os.path.abspath(os.path.join(directory, str(path)))
        if path.startswith(directory + os.sep):
            path = os.path.relpath(path, directory)
        events.write(json.dumps({"artifact": name, "path": path}) + "\n")

metrics = result.get("metrics") or {}
ranks = int(os.environ.get("WORLD_SIZE", "1"))
final = os.path.join(directory, f"metrics.rank{os.environ['RANK']}.json" if ranks > 1 else "metrics.json")
with open(final + ".tmp", "w", encoding="utf-8") as file:
    # NumPy and PyTorch scalars aren't JSON, but they are numbers.
    json.dump(metrics, file, default=float)
os.replace(final + ".tmp", final)
