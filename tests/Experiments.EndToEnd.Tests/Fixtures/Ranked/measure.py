import argparse
import json
import os

options = argparse.ArgumentParser()
options.add_argument("--work", type=int, required=True)
work = options.parse_args().work
rank, ranks = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
mine = len(range(work)[rank::ranks])
print(f"rank {rank} of {ranks} does {mine}")
with open(os.environ["EXP_EVENTS"], "a", encoding="utf-8") as events:
    events.write(json.dumps({"metrics": {"done": mine}, "step": 1, "rank": rank}) + "\n")
with open(os.path.join(os.environ["EXP_RUN_DIR"], f"metrics.rank{rank}.json"), "w", encoding="utf-8") as file:
    json.dump({"energy": 1.0 + rank, "duration": 5.0 - rank}, file)
