"""The optional steps together, cycle, cancel, load-folder and load-path of spec/worker-protocol.md, over the four functions of any adapter.

An adapter whose `load` and `run` threads may call at once sets `concurrent = True`. One that can end a run has a function
`cancellable(session, inputs)` that answers two others: one that runs, and one that another thread calls to end it.
One whose runtime reads models from files has a function `load_file(path, profiled=False)` that makes a session.
"""
import gc
import os
import re
import tempfile
import threading
import time

import numpy as np

from aiis_wire import Violation

MOST, LONGEST, CYCLES, WAIT = 64, 100_000, 1_000_000, 60_000
STATM = "/proc/self/statm"


def known(adapter):
    """The words for the property `steps`."""
    words = ["cancel"] if hasattr(adapter, "cancellable") else []
    words += ["cycle"] if os.path.exists(STATM) else []
    words += ["folder"] if hasattr(adapter, "load_file") else []
    words += ["path"] if hasattr(adapter, "load_file") and adapter.links else []
    return ",".join(words + ["together"] if adapter.concurrent else words)


def written(files, model):
    """Writes them into a folder of their own within this one, the worker's scratch folder; answers the path of the model."""
    name = r"(?!\.+(/|$))[A-Za-z0-9._-]+"
    if model not in files or len(files) > MOST or not all(
            len(path) <= 255 and re.fullmatch(f"{name}(/{name}){{0,7}}", path) for path in files):
        raise Violation(f"load-folder of {len(files)} files, or with a path that is not plain")
    folder = tempfile.mkdtemp(dir=os.getcwd())
    for path, content in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        with open(os.path.join(folder, path), "wb") as file:
            file.write(content)
    return os.path.join(folder, model)


def within(value, most, what):
    if not 1 <= value <= most:
        raise Violation(f"{what} of {value}, 1 to {most} are allowed")


def resident():
    """Of this process, in bytes, when its own garbage is collected."""
    gc.collect()
    with open(STATM) as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Repeated:
    """What one step gave, performed again and again: the first outputs, how many later ones were other bits, rejections."""

    def __init__(self):
        self.first = self.other = self.failure = None
        self.message, self.differing, self.rejected = "", 0, 0

    def add(self, values):
        bits = {name: (a.dtype, a.shape, a.tobytes() if a.dtype != object else tuple(a.ravel())) for name, a in values.items()}
        if self.first is None:
            self.first, self.bits = values, bits
        elif bits != self.bits:
            self.differing += 1
            self.other = self.other or values

    def refuse(self, phase, rejection):
        self.rejected += 1
        self.message = self.message or f"{phase} {rejection.code}: {rejection}"

    def told(self, prefix):
        told = {f"{prefix}out/{name}": value for name, value in (self.first or {}).items()}
        told |= {f"{prefix}other/{name}": value for name, value in (self.other or {}).items()}
        return told | ({f"{prefix}differing": np.int64(self.differing)} if self.first is not None else {})


def together(steps, times, rejection):
    """`steps` are pairs of a phase and a function that performs the step and answers its outputs, None for a load."""
    within(len(steps), MOST, "number of steps")
    within(times, LONGEST, "number of times")
    begin, lock, under_way, most = threading.Barrier(len(steps)), threading.Lock(), 0, 0

    def perform(phase, step, repeated):
        nonlocal under_way, most
        try:
            begin.wait()
            for _ in range(times):
                with lock:
                    under_way += 1
                    most = max(most, under_way)
                try:
                    values = step()
                    if values is not None:
                        repeated.add(values)
                except rejection as e:
                    repeated.refuse(phase, e)
                finally:
                    with lock:
                        under_way -= 1
        except Exception as e:  # The adapter's own: raised again where the step is answered.
            repeated.failure = e

    all_repeated = [Repeated() for _ in steps]
    threads = [threading.Thread(target=perform, args=(*step, r), daemon=True) for step, r in zip(steps, all_repeated)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {"measured/at-once": np.int64(most)}
    for i, repeated in enumerate(all_repeated):
        if repeated.failure is not None:
            raise repeated.failure
        told |= repeated.told(f"{i}/") | {f"{i}/rejected": np.int64(repeated.rejected)}
        if repeated.message:
            told[f"{i}/message"] = np.array(repeated.message, object)
    return told


def cycle(adapter, model, inputs, cycles, every):
    within(cycles, CYCLES, "number of cycles")
    within(every, cycles, "number of cycles between looks")
    repeated, looks = Repeated(), []
    for i in range(1, cycles + 1):
        session = adapter.load(model, False)
        repeated.add(adapter.run(session, inputs, None))
        adapter.close(session)
        del session
        if i % every == 0:
            looks.append(resident())
    return repeated.told("") | {"measured/resident": np.array(looks, np.int64)}


def cancel(run, end, after_millis, rejection):
    """None where the run was over before its end was asked for."""
    within(after_millis, WAIT, "wait")
    outcome = {}

    def perform():
        try:
            outcome["values"] = run()
        except Exception as e:
            outcome["failure"] = e

    thread, start = threading.Thread(target=perform, daemon=True), time.perf_counter_ns()
    thread.start()
    thread.join(after_millis / 1000)
    if not thread.is_alive():
        if "failure" in outcome:
            raise outcome["failure"]
        return None
    asked = time.perf_counter_ns()
    end()
    thread.join()
    failure = outcome.get("failure")
    if failure is not None and not isinstance(failure, rejection):
        raise failure
    return {"measured/nanos": np.array([asked - start, time.perf_counter_ns() - asked], np.int64),
            "ended": np.bool_(failure is not None)}
