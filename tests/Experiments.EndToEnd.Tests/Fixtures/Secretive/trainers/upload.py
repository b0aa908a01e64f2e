"""Does with its secrets what trainers do, good and bad."""
import argparse
import json
import os
import time

parser = argparse.ArgumentParser()
parser.add_argument("--name")
parser.add_argument("--account.user")
name = parser.parse_args().name

token, key = os.environ["EXP_SECRET_TOKEN"], os.environ["EXP_SECRET_ACCOUNT_KEY"]
assert token == os.environ["TORCH_HUB_PAT"]

# Long enough for somebody to look at the list of processes.
with open(os.path.join(os.environ["EXP_RUN_DIR"], "started"), "w"):
    pass
while not os.path.exists(os.environ["RELEASE"]):
    time.sleep(0.02)

with open(os.environ["EXP_EVENTS"], "a") as events:
    if name == "talkative":
        events.write(json.dumps({"event": "signed_in", "data": {"url": "https://x:" + token + "@hub", "key": key}}) + "\n")
        events.write("token is " + token + "\n")
    events.write(json.dumps({"metrics": {"score": len(token) + len(key)}}) + "\n")
if name == "failing":
    raise RuntimeError("the hub refused " + token + " and " + key)
