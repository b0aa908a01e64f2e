"""A training that takes a moment, and all the troubles that it may have. Nothing is simulated that can be real: there is just no GPU."""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import time

FITS = 16  # the largest batch that has room
RUN = os.environ["EXP_RUN_ID"]


def main():
    print(RUN, flush=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    troubles = {
        "fine": nothing,
        "cuda_oom": lambda options: cuda_memory(options.batch_size > FITS),
        "cuda_oom_always": lambda options: cuda_memory(True),
        "host_oom": lambda options: host_memory(options.batch_size << 20),
        "host_oom_always": lambda options: host_memory(1 << 30),
        "hang": first(hang),
        "deaf_hang": first(deaf_hang),
        "segfault": first(segfault),
        "segfault_always": segfault,
        "nccl_timeout": first(nccl_timeout),
        "nccl_timeout_always": nccl_timeout,
        "flaky": first(fail),
        "broken": fail,
        "refused": lambda options: parser.error(f"argument --seed: there is no shard {options.seed}"),
        "daemon": daemon,
    }
    parser = argparse.ArgumentParser()
    parser.add_argument("--trouble", choices=troubles, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    parser.add_argument("--accumulation-steps", type=int, required=True)
    options = parser.parse_args()

    with open(os.environ["EXP_EVENTS"], "a", encoding="utf-8") as events:
        for epoch in range(1 + options.seed % 4):
            time.sleep(0.05)
            print(f"epoch {epoch}", flush=True)
            events.write(json.dumps({"metrics": {"loss": 1 / (1 + epoch)}, "step": epoch}) + "\n")
            events.flush()
            if epoch == 0:
                troubles[options.trouble](options)
    # Named after the run, so that it is seen when it is anywhere else.
    with open(os.path.join(os.environ["EXP_RUN_DIR"], RUN.replace("/", "-") + ".txt"), "w", encoding="utf-8") as file:
        file.write(f"{RUN}\nbatch_size={options.batch_size} accumulation_steps={options.accumulation_steps}\n")


def first(trouble):
    """Only the first time that the run has begun. Not the first attempt: one may be lost before it begins."""

    def once(options):
        begun = os.path.join(os.environ["EXP_CHECKPOINT_DIR"], "begun")
        if not os.path.exists(begun):
            open(begun, "w").close()
            trouble(options)

    return once


def nothing(_):
    pass


def cuda_memory(is_short):
    """What torch 2.5 says."""
    if is_short:
        sys.exit("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.65 GiB of which 1.12 GiB is free.")


def host_memory(size):
    """So much more than now may be used: a batch of 16 takes half of it, one of 32 all."""
    with open("/proc/self/statm", encoding="ascii") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    limit = used + (24 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    bytearray(size)


def hang(_):
    print("waiting for rank 3", flush=True)
    time.sleep(3600)


def deaf_hang(options):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hang(options)


def segfault(_):
    import ctypes

    ctypes.string_at(0)


def nccl_timeout(_):
    print("[rank0]:[E1121 03:12:44.112233 ProcessGroupNCCL.cpp:616] [Rank 0] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=42, OpType=ALLREDUCE,"
          " NumelIn=1048576, NumelOut=1048576, Timeout(ms)=600000) ran for 600004 milliseconds before timing out.", file=sys.stderr, flush=True)
    os.abort()


def fail(_):
    sys.exit("RuntimeError: the data loader lost a worker")


def daemon(_):
    """Twice removed, in a session of its own, and deaf to what ends the trainer's group."""
    subprocess.run(["/bin/sh", "-c", "trap '' TERM; setsid sleep 3600 &"], check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
