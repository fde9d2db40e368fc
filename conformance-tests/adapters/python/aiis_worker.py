"""A worker for AIIS in Python: subclass Adapter, write its four functions, end the file with `serve(MyAdapter())`.

`example_adapter.py` beside this file is written to be read first. This module holds the request loop of
spec/worker-protocol.md; frames and tensors are in aiis_wire, loads in aiis_load, the optional steps in aiis_sessions, the
reading of models in aiis_graph.
"""
import contextlib
import faulthandler
import hashlib
import os
import re
import sys
import threading
import time
import traceback

import aiis_load
import aiis_sessions
import aiis_wire as wire
from aiis_wire import Unreachable, Violation, members

MESSAGE = 1 << 16  # Of a runtime's message that much is kept.
STUCK = 3600  # Seconds that native code may hold the interpreter after which the worker ends by itself.


class Rejected(Exception):
    """The runtime refused: answered `rejected`."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


@contextlib.contextmanager
def runtime_call(code=lambda e: type(e).__name__):
    """Around each call of the runtime, and nothing else: what it raises is a rejection of the runtime's. What is raised
    outside is the adapter's own fault, answered `not-driven`, and never blamed on the runtime."""
    try:
        yield
    except (Rejected, Unreachable, Violation):
        raise
    except Exception as e:  # MemoryError and RecursionError too: the process lives on.
        raise Rejected(code(e), str(e)) from e


class Adapter:
    """What a vendor writes. Tensors are numpy arrays; strings are arrays of objects, types that numpy lacks are ml_dtypes."""

    concurrent = False  # Whether threads may call load and run at once.
    links = True  # Whether its runtime reads files that have several names (hard links), as those of load-path do.

    def describe(self, options):
        """Starts the runtime with the options of the command line (NAME=VALUE); answers name, vendor, version, backend,
        provider, libraries (file to SHA-256) and properties (each setting that is in effect). Raise to refuse."""
        raise NotImplementedError

    def load(self, model, profiled):
        """Makes a session of a serialised ONNX model."""
        raise NotImplementedError

    def run(self, session, inputs, outputs):
        """Runs it on name → array; answers name → array, which the runtime writes to no more. `outputs` are the names
        asked for, None for all; more than was asked for may be answered."""
        raise NotImplementedError

    def close(self, session):
        """Frees it; answers where the nodes ran as a list of (node, state, by), empty when that is not known."""
        raise NotImplementedError


STEPS = {
    "describe": {"protocol": int},
    "load": {"model": str, "bytes": int, "profiled": bool},
    "put": {"tensor": str, "value": dict},
    "run": {"model": str, "inputs": dict, "kept": dict, "keep": dict, "fetch": list},
    "get": {"tensor": str},
    "drop": {"tensor": str},
    "close": {"model": str},
    "measure": {"model": str, "samples": list, "settings": dict},
    "together": {"steps": list, "times": int},
    "cycle": {"bytes": int, "inputs": dict, "cycles": int, "every": int},
    "cancel": {"run": dict, "afterMillis": int},
    "load-folder": {"model": str, "path": str, "files": dict},
    "load-path": {"model": str, "path": str, "profiled": bool},
}
PHASES = {"load": "LOAD", "load-folder": "LOAD", "load-path": "LOAD", "close": "CLOSE"}


class Worker:
    """The handles of a connection, and one function a step."""

    def __init__(self, adapter, options, more=None):
        self.adapter, self.options, self.more = adapter, options, more or {}
        self.described, self.sessions, self.tensors = False, {}, {}

    def answer(self, header, content):
        """(header, attachments) of the answer to a request; raises Violation."""
        members(header, {"id": int, "request": dict}, "a request")
        request, attachments, out = dict(header["request"]), wire.Attachments(content), []
        step = request.pop("step", None)
        if step not in STEPS:
            raise Violation(f"unknown step {step!r}")
        members(request, STEPS[step], step)
        try:
            body = getattr(self, step.replace("-", "_"))(request, attachments, out)
        except Rejected as e:
            body = {"kind": "rejected", "code": e.code, "message": str(e)[:MESSAGE], "phase": PHASES.get(step, "RUN")}
        except Unreachable as e:
            body = {"kind": "not-driven", "reason": str(e)}
        except Violation:
            raise
        except Exception as e:
            traceback.print_exc()
            body = {"kind": "not-driven", "reason": f"the adapter itself failed: {type(e).__name__}: {e}"}
        return {"answer": body, "id": header["id"]}, out if body["kind"] in ("outputs", "measured") else []

    def describe(self, request, attachments, out):
        if request["protocol"] != wire.PROTOCOL:
            return {"kind": "refused", "message": f"this worker speaks protocol {wire.PROTOCOL}"}
        try:
            sut = self.adapter.describe(self.options)
        except Exception as e:
            traceback.print_exc()
            return {"kind": "refused", "message": f"{type(e).__name__}: {e}"}
        self.described = True
        properties = {name: str(value) for name, value in {**sut["properties"], **self.steps(), **self.more}.items()}
        return {"kind": "described", "protocol": wire.PROTOCOL, "sut": {**sut, "properties": properties}}

    def steps(self):
        known = aiis_sessions.known(self.adapter)
        return {"steps": known} if known else {}

    def load(self, request, attachments, out):
        model = bytes(attachments.take(request["bytes"]))
        attachments.all_used()
        if not self.described:
            raise Unreachable("the first request of a connection is describe")
        self.replace(request["model"], model, request["profiled"])
        return outputs({}, out)

    def load_folder(self, request, attachments, out):
        files = {path: bytes(attachments.take(at)) for path, at in request["files"].items()}
        attachments.all_used()
        model = aiis_sessions.written(files, request["path"])
        self.hold(request["model"], self.adapter.load_file(model))
        return outputs({}, out)

    def load_path(self, request, attachments, out):
        attachments.all_used()
        if not hasattr(self.adapter, "load_file"):
            raise Unreachable("this worker loads no files")
        self.hold(request["model"], self.adapter.load_file(request["path"], request["profiled"]))
        return outputs({}, out)

    def replace(self, handle, model, profiled):
        self.hold(handle, self.adapter.load(model, profiled))

    def hold(self, handle, session):
        before, self.sessions[handle] = self.sessions.get(handle), session
        if before is not None:
            self.adapter.close(before)

    def put(self, request, attachments, out):
        value = wire.decode(request["value"], attachments)
        attachments.all_used()
        self.tensors[request["tensor"]] = value
        return outputs({}, out)

    def run(self, request, attachments, out):
        keep, fetch, feeds = request["keep"], request["fetch"], self.feeds(request, attachments)
        attachments.all_used()
        wanted = list(dict.fromkeys([*fetch, *keep])) or None
        values = self.adapter.run(self.session(request["model"]), feeds, wanted)
        missing = [name for name in wanted or [] if name not in values]
        if missing:
            raise Rejected("INVALID_ARGUMENT", f"outputs {missing} asked for, the model has {sorted(values)}")
        answer = outputs(values if wanted is None else {name: values[name] for name in fetch}, out)
        self.tensors.update({handle: values[name] for name, handle in keep.items()})
        return answer

    def feeds(self, request, attachments):
        feeds = {name: wire.decode(value, attachments) for name, value in request["inputs"].items()}
        if not all(type(name) is str for name in [*request["fetch"], *request["keep"].values(), *request["kept"].values()]):
            raise Violation(f"names and handles are texts, found {request}")
        for name, handle in request["kept"].items():
            if name in feeds:
                raise Violation(f"input {name!r} is fed twice")
            feeds[name] = self.held(handle)
        return feeds

    def get(self, request, attachments, out):
        return outputs({request["tensor"]: self.held(request["tensor"])}, out)

    def drop(self, request, attachments, out):
        self.held(request["tensor"])
        del self.tensors[request["tensor"]]
        return outputs({}, out)

    def close(self, request, attachments, out):
        session = self.session(request["model"])
        del self.sessions[request["model"]]
        placement = self.adapter.close(session) or []
        told = [{"node": node, "state": state, "by": by} for node, state, by in placement]
        return outputs({}, out, told)

    def measure(self, request, attachments, out):
        if not all(type(sample) is dict for sample in request["samples"]):
            raise Violation("a sample is a map of tensors")
        samples = [{name: wire.decode(value, attachments) for name, value in sample.items()}
                   for sample in request["samples"]]
        attachments.all_used()
        settings, session = aiis_load.settings(request["settings"]), self.session(request["model"])
        load = aiis_load.run(settings, len(samples), lambda i: self.adapter.run(session, samples[i], None))
        latencies = wire.encode(load.pop("latencies"), out)
        values = {name: wire.encode(value, out) for name, value in sorted(load.pop("outputs").items())}
        return {"kind": "measured", "latencies": latencies, "outputs": values, **load}

    def together(self, request, attachments, out):
        steps = [self.step_of(step, attachments) for step in request["steps"]]
        attachments.all_used()
        return outputs(aiis_sessions.together(steps, request["times"], Rejected), out)

    def step_of(self, step, attachments):
        """The phase of a step inside another, and a function that performs it."""
        if type(step) is not dict or step.get("step") not in ("load", "run"):
            raise Violation(f"a step inside another is a load or a run, found {step!r:.200}")
        word, request = step["step"], {name: value for name, value in step.items() if name != "step"}
        members(request, STEPS[word], word)
        if word == "load":
            model = bytes(attachments.take(request["bytes"]))
            return "LOAD", lambda: self.replace(request["model"], model, request["profiled"])
        if request["keep"]:
            raise Violation("a run inside another step keeps nothing")
        feeds, session = self.feeds(request, attachments), self.session(request["model"])
        return "RUN", lambda: self.adapter.run(session, feeds, request["fetch"] or None)

    def cycle(self, request, attachments, out):
        model = bytes(attachments.take(request["bytes"]))
        inputs = {name: wire.decode(value, attachments) for name, value in request["inputs"].items()}
        attachments.all_used()
        return outputs(aiis_sessions.cycle(self.adapter, model, inputs, request["cycles"], request["every"]), out)

    def cancel(self, request, attachments, out):
        run = {name: value for name, value in request["run"].items() if name != "step"}
        members(run, STEPS["run"], "run")
        feeds = self.feeds(run, attachments)
        attachments.all_used()
        call, end = self.adapter.cancellable(self.session(run["model"]), feeds)
        told = aiis_sessions.cancel(call, end, request["afterMillis"], Rejected)
        if told is None:
            raise Unreachable("the run was over before it was to be cancelled")
        return outputs(told, out)

    def held(self, handle):
        if handle not in self.tensors:
            raise Unreachable(f"no tensor is kept under {handle!r}")
        return self.tensors[handle]

    def session(self, handle):
        if handle not in self.sessions:
            raise Unreachable(f"no model is loaded under {handle!r}")
        return self.sessions[handle]


def outputs(values, out, placement=()):
    told = {name: wire.encode(value, out) for name, value in sorted(values.items())}
    return {"kind": "outputs", "placement": list(placement), "values": told}


def libraries(*names):
    """SHA-256 of each native library in this process, and of each file of Python in packages, whose path holds one of
    these names; of Python one digest a package."""
    found = {}
    with open("/proc/self/maps") if os.path.exists("/proc/self/maps") else contextlib.nullcontext([]) as maps:
        for path in {line.split(maxsplit=5)[5].strip() for line in maps if line.count("/") > 1}:
            if re.search(r"\.(so|pyd|dylib)\b", path) and any(f"/{name}" in path for name in names):
                with open(path, "rb") as file:
                    found[os.path.basename(path)] = hashlib.file_digest(file, "sha256").hexdigest()
    for name in names:
        package = sys.modules.get(name)
        sha = hashlib.sha256()
        for folder in getattr(package, "__path__", []):
            for root, folders, files in os.walk(folder):
                folders.sort()
                for file in sorted(f for f in files if f.endswith(".py")):
                    with open(os.path.join(root, file), "rb") as source:
                        sha.update(os.path.relpath(source.name, folder).encode() + b"\0" + source.read())
        if package is not None:
            found[f"{name} (Python)"] = sha.hexdigest()
    return dict(sorted(found.items()))


def watch(parent):
    """Without its parent a worker has nobody to serve. The second line ends a worker whose native code never lets go."""
    while os.getppid() == parent:
        faulthandler.dump_traceback_later(STUCK, exit=True)
        time.sleep(1)
    os._exit(0)


def descriptors():
    """(requests, answers, properties). Both are moved away from the descriptors that libraries read and print on."""
    requests = os.fdopen(os.dup(0), "rb", 1 << 16)
    own = os.environ.get("AIIS_ANSWERS_FD", "")
    answers = os.fdopen(int(own) if own else os.dup(1), "wb", 1 << 16)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    if not own:
        os.dup2(2, 1)
    os.set_inheritable(answers.fileno(), False)
    return requests, answers, {} if own else {"frames": "stdout"}


def serve(adapter):
    """Answers requests until they end."""
    requests, answers, more = descriptors()
    faulthandler.enable(sys.stderr)
    threading.Thread(target=watch, args=(os.getppid(),), daemon=True).start()
    limit = int(os.environ.get("AIIS_FRAME_LIMIT", "") or wire.FRAME)
    worker = Worker(adapter, dict(a.split("=", 1) for a in sys.argv[1:]), more)
    try:
        while (frame := wire.read(requests, limit)) is not None:
            header, attachments = worker.answer(*frame)
            try:
                wire.write(answers, header, attachments, limit)
            except Unreachable as e:
                wire.write(answers, {"answer": {"kind": "not-driven", "reason": str(e)}, "id": header["id"]}, [], limit)
    except Violation as e:
        print(f"the suite broke the protocol: {e}", file=sys.stderr)
    sys.stderr.flush()
    os._exit(0)  # Not exit: destructors of native libraries can abort after a correct run.
