"""Copies a part to the small disk."""

import argparse
import os

print(os.environ["EXP_RUN_ID"], flush=True)
parser = argparse.ArgumentParser()
parser.add_argument("--kilobytes", type=int, required=True)
parser.add_argument("--part", type=int, required=True)
options = parser.parse_args()

name = os.environ["EXP_RUN_ID"].replace("/", "-")
path = os.path.join(os.environ["WEEKEND_DISK"], name)
try:
    with open(path, "wb") as file:
        file.write(bytes(options.kilobytes << 10))
        file.flush()
except OSError:
    os.remove(path)
    raise
with open(os.path.join(os.environ["EXP_RUN_DIR"], name + ".txt"), "w", encoding="utf-8") as file:
    file.write(os.environ["EXP_RUN_ID"] + "\n")
