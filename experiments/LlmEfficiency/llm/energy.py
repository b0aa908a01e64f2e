"""Energy between two moments: of the GPU or the processor where the machine lets it be read, else estimated from processor time."""

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path


class Tracker:
    """Measures from `start` to `stop`."""

    def __init__(self, watts_per_core, gpu=None):
        self._watts_per_core = watts_per_core
        self._gpu = gpu if shutil.which("nvidia-smi") else None
        self._packages = [p for p in Path("/sys/class/powercap").glob("intel-rapl:*") if p.name.count(":") == 1 and os.access(p / "energy_uj", os.R_OK)]

    def start(self):
        if self._gpu is not None:
            self._watts, self._done = [], threading.Event()
            self._thread = threading.Thread(target=self._sample, daemon=True)
            self._thread.start()
        self._before = [_microjoules(p) for p in self._packages]
        self._processor, self._clock = time.process_time(), time.perf_counter()

    def stop(self):
        """Seconds, joules, and whether the joules are an estimate."""
        seconds, processor = time.perf_counter() - self._clock, time.process_time() - self._processor
        if self._gpu is not None:
            self._done.set()
            self._thread.join()
            if self._watts:
                return seconds, seconds * sum(self._watts) / len(self._watts), False
        if self._packages:
            # The package belongs to everybody on the machine, and the counter wraps around.
            spent = [(_microjoules(p) - before) % _range(p) for p, before in zip(self._packages, self._before)]
            return seconds, sum(spent) / 1e6, False
        return seconds, processor * self._watts_per_core, True

    def _sample(self):
        command = ["nvidia-smi", f"--id={self._gpu}", "--query-gpu=power.draw", "--format=csv,noheader,nounits"]
        while True:
            result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
            try:
                self._watts.append(float(result.stdout))
            except ValueError:
                pass  # The card doesn't say; then the estimate has to do.
            if self._done.wait(0.2):
                return


def _microjoules(package):
    return int((package / "energy_uj").read_text())


def _range(package):
    return int((package / "max_energy_range_uj").read_text()) + 1
