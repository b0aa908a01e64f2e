#!/usr/bin/env python3
"""COUNT times /bin/true, SLOTS at a time, by a Python library: what `-- overhead` puts beside ours.

    jobs.py LIBRARY COUNT SLOTS

LIBRARY is floor (posix_spawn and wait, nothing else), joblib, dask, persist-queue, huey, submitit, hydra or dr_exp. Files go to the current directory.
Checkouts count as installed when PYTHONPATH names them. Exits with 3 when the library isn't there.
"""
import multiprocessing
import os
import subprocess
import sys
import threading

TRUE = ["/bin/true"]


def run(_=None):
    subprocess.run(TRUE, check=True)


def floor(count, slots):
    running = 0
    for _ in range(count):
        if running == slots:
            os.wait()
            running -= 1
        os.posix_spawn(TRUE[0], TRUE, os.environ)
        running += 1
    while running:
        os.wait()
        running -= 1


def joblib(count, slots):
    from joblib import Parallel, delayed
    Parallel(n_jobs=slots)(delayed(run)(i) for i in range(count))


def dask(count, slots):
    from distributed import Client
    with Client(n_workers=slots, threads_per_worker=1, dashboard_address=None) as client:
        client.gather(client.map(run, range(count)))


def persist_queue(count, slots):
    """A durable queue and threads that execute and acknowledge: what a careful person writes in an hour."""
    import persistqueue
    queue = persistqueue.SQLiteAckQueue("queue", auto_commit=True, multithreading=True)
    for i in range(count):
        queue.put(i)

    def work():
        while True:
            try:
                item = queue.get(block=False)
            except persistqueue.exceptions.Empty:
                return
            run()
            queue.ack(item)

    in_threads(slots, work)


def huey(count, slots):
    from huey import SqliteHuey
    queue = SqliteHuey(filename="huey.db", fsync=True)
    left, done, lock = [count], threading.Event(), threading.Lock()

    @queue.task()
    def job():
        run()
        with lock:
            left[0] -= 1
            if left[0] == 0:
                done.set()
        return True

    for _ in range(count):
        job()
    consumer = queue.create_consumer(workers=slots, periodic=False, check_worker_health=False)
    consumer.start()
    done.wait()
    consumer.stop(graceful=True)


def submitit(count, slots):
    from submitit import LocalExecutor
    executor = LocalExecutor("submitit")
    in_threads(slots, lambda jobs=iter(range(count)), lock=threading.Lock(): one_after_the_other(executor, jobs, lock))


def one_after_the_other(executor, jobs, lock):
    while True:
        with lock:
            if next(jobs, None) is None:
                return
            job = executor.submit(run)
        job.result()


def hydra(count, slots):
    """Its own launcher executes jobs one after the other, whatever the slots."""
    from hydra import main
    sys.argv[1:] = ["--multirun", f"+i=range(0,{count})"]
    main(config_path=None, version_base=None)(run)()


def dr_exp(count, slots):
    """Its file-based queue, with a process for each worker. Its workers sleep ten seconds when a claim finds the lock taken; these ask again at once."""
    from dr_exp.core.job_db import JobDB
    jobs = JobDB(".", "nothings", validate=False)
    for _ in range(count):
        jobs.create_job({"_target_": "subprocess.run"})
    left = multiprocessing.Value("i", count)
    workers = [multiprocessing.Process(target=dr_exp_worker, args=(jobs, str(slot), left)) for slot in range(slots)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def dr_exp_worker(jobs, name, left):
    while left.value > 0:
        job = jobs.claim_next_job(name)
        if job is None:
            continue
        run()
        jobs.complete_job(job["id"])
        with left.get_lock():
            left.value -= 1


def in_threads(slots, work):
    threads = [threading.Thread(target=work) for _ in range(slots)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    library = {
        "floor": floor, "joblib": joblib, "dask": dask, "persist-queue": persist_queue, "huey": huey, "submitit": submitit, "hydra": hydra, "dr_exp": dr_exp,
    }[sys.argv[1]]
    try:
        library(int(sys.argv[2]), int(sys.argv[3]))
    except ModuleNotFoundError as error:
        print(error, file=sys.stderr)
        sys.exit(3)
