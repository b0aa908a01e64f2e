#!/usr/bin/env python3
"""Durable queues side by side, on one disk, in one run: submit one, claim and complete one, by 1 and by 4 processes.

What a disk allows at most (an fsynced append, raw SQLite) comes first, then ours, then other queues where they are installed or a
checkout is named. All of them are told to be durable (synchronous=FULL) where they can be.

    queues.py --ours benchmarks/Experiments.Registry.Benchmarks/bin/Release/net10.0/Experiments.Registry.Benchmarks \
        [--litequeue DIR] [--huey DIR] [--persist-queue DIR] [--seconds 3] [--directory DIR]
"""
import argparse
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

PAYLOAD = '{"batch_size":64,"dataset":"hcrl_sa","learning_rate":0.001,"optimizer":{"momentum":0.9,"name":"sgd","weight_decay":0.0001},"seed":1}'


class Litequeue:
    name = "litequeue (WAL, FULL)"

    def __init__(self, directory):
        from litequeue import LiteQueue
        self.queue = LiteQueue(os.path.join(directory, "queue.db"))
        self.queue.conn.execute("PRAGMA synchronous = FULL")

    def submit(self):
        self.queue.put(PAYLOAD)

    def work(self):
        message = self.queue.pop()
        self.queue.done(message.message_id)


class Huey:
    name = "huey (WAL, FULL; no completion step)"

    def __init__(self, directory):
        from huey.storage import SqliteStorage
        self.queue = SqliteStorage(filename=os.path.join(directory, "queue.db"), fsync=True, timeout=60)

    def submit(self):
        self.queue.enqueue(PAYLOAD.encode())

    def work(self):
        if self.queue.dequeue() is None:
            raise RuntimeError("dry")


class PersistQueue:
    name = "persist-queue (ack queue, WAL, FULL)"

    def __init__(self, directory):
        import persistqueue
        self.queue = persistqueue.SQLiteAckQueue(os.path.join(directory, "queue"), auto_commit=True, multithreading=True, timeout=60)

    def submit(self):
        self.queue.put(PAYLOAD)

    def work(self):
        self.queue.ack(self.queue.get(block=False))


class Optuna:
    name = "optuna (SQLite as it comes)"

    def __init__(self, directory):
        import optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.study = optuna.create_study(storage=f"sqlite:///{directory}/study.db", study_name="s", load_if_exists=True,
                                         sampler=optuna.samplers.RandomSampler())

    def submit(self):
        self.study.enqueue_trial({"x": 0.5})

    def work(self):
        trial = self.study.ask()
        trial.suggest_float("x", 0, 1)
        self.study.tell(trial, 0.9)


def rate(seconds, step):
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        step()
        done += 1
    return done / (time.perf_counter() - began)


def worker(kind, directory, seconds, start, results):
    try:
        queue = kind(directory)
        start.wait()
        results.put(rate(seconds, queue.work))
    except Exception as error:  # a queue that breaks under contention says so in the table
        results.put(f"{type(error).__name__}: {error}"[:60])


def measure(kind, base, seconds):
    directory = tempfile.mkdtemp(dir=base)
    try:
        queue = kind(directory)
        submits = rate(seconds, queue.submit)
        began, filled = time.perf_counter(), 0
        while time.perf_counter() - began < 5 * seconds and filled < submits * seconds * 3:
            queue.submit()
            filled += 1
        del queue
        rates = []
        for processes in (1, 4):
            start, results = multiprocessing.Event(), multiprocessing.Queue()
            children = [multiprocessing.Process(target=worker, args=(kind, directory, seconds, start, results)) for _ in range(processes)]
            for child in children:
                child.start()
            time.sleep(0.5)
            start.set()
            got = [results.get() for _ in children]
            for child in children:
                child.join()
            broken = [g for g in got if isinstance(g, str)]
            rates.append(broken[0] if broken else f"{sum(got):,.0f}" + (f" (most : least {max(got) / min(got):.1f})" if processes > 1 else ""))
        print(f"| {kind.name} | {submits:,.0f} | {rates[0]} | {rates[1]} |", flush=True)
    except (ImportError, SyntaxError) as error:
        print(f"| {kind.name} | not here: {error} | | |", flush=True)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def bounds(base, seconds):
    directory = tempfile.mkdtemp(dir=base)
    with open(os.path.join(directory, "log"), "ab", buffering=0) as log:
        def append():
            log.write(PAYLOAD.encode())
            os.fsync(log.fileno())
        print(f"| *bound: append and fsync* | {rate(seconds, append):,.0f} | | |")
    connection = sqlite3.connect(os.path.join(directory, "raw.db"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE t (x TEXT)")
    print(f"| *bound: SQLite, one insert a transaction (WAL, FULL)* | {rate(seconds, lambda: connection.execute('INSERT INTO t VALUES (?)', (PAYLOAD,))):,.0f} | | |", flush=True)
    connection.close()
    shutil.rmtree(directory)


def main():
    options = argparse.ArgumentParser()
    for name in ("--ours", "--litequeue", "--huey", "--persist-queue"):
        options.add_argument(name)
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--directory", default=tempfile.gettempdir())
    options = options.parse_args()
    for path in (options.litequeue and os.path.join(options.litequeue, "src"), options.huey, options.persist_queue):
        if path:
            sys.path.insert(0, path)
    print("| queue | submit one /s | claim + complete /s, 1 process | by 4 processes |\n|---|---:|---:|---:|")
    bounds(options.directory, options.seconds)
    if options.ours:
        environment = dict(os.environ, TMPDIR=options.directory)
        subprocess.run([options.ours, "beside", str(options.seconds)], check=True, env=environment)
    for kind in (Litequeue, Huey, PersistQueue, Optuna):
        measure(kind, options.directory, options.seconds)


if __name__ == "__main__":
    main()
