"""Small models, a child process around each try, and one line a finding. Needs onnx and numpy, nothing of AIIS.

Run a system's file with the interpreter of that system's environment: `python on_opencv.py [NAME…]`. Exit status 0: each
deviation was seen; 1: one was not.
"""
import multiprocessing
import sys
from dataclasses import dataclass

import numpy as np
from onnx import helper, numpy_helper
from onnx.helper import np_dtype_to_tensor_dtype


def model(nodes, inputs, outputs, opset=17, initializers=(), domains=(), functions=()):
    """A serialised model. inputs and outputs: name to an array of the type and rank; extents of outputs stay open."""
    def value(name, array, shape):
        return helper.make_tensor_value_info(name, np_dtype_to_tensor_dtype(array.dtype), shape)

    graph = helper.make_graph(
        nodes, "g", [value(name, array, array.shape) for name, array in inputs.items()],
        [value(name, array, [f"{name}{i}" for i in range(array.ndim)]) for name, array in outputs.items()], list(initializers))
    sets = [helper.make_opsetid("", opset), *(helper.make_opsetid(*domain) for domain in domains)]
    made = helper.make_model(graph, opset_imports=sets, ir_version=8 if opset < 19 else 10, functions=list(functions))
    return made.SerializeToString()


def node(op, reads, makes, **attributes):
    return helper.make_node(op, reads.split(), makes.split(), name="n0", **attributes)


@dataclass
class Finding:
    """A model, its inputs, and what ONNX's text wants: "a refusal", name → array (exact), or a function of what was given.
    `seen` is what shows the deviation: "gave", "died", "hung", or words of the refusal. `before`: models and inputs that the
    same process runs first, where the deviation shows behind them alone."""

    bytes: bytes
    feeds: dict
    wanted: object
    text: str
    seen: str = "gave"
    before: tuple = ()


def behind(earlier, finding):
    """What happens to the model of one finding in a process that has run that of another."""
    finding.before, finding.seen = ((earlier.bytes, earlier.feeds),), "died"
    return finding


def one(op, feeds, wanted, text, opset=17, seen="gave", y=None, constants=None, **attributes):
    """A model of one node that reads all feeds and constants and makes y, of the type and rank of what is wanted or of y."""
    outputs, constants = wanted if isinstance(wanted, dict) else {"y": y}, constants or {}
    made = [node(op, " ".join([*feeds, *constants]), " ".join(outputs), **attributes)]
    initializers = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    return Finding(model(made, feeds, outputs, opset, initializers), feeds, wanted, text, seen)


def f32(*values):
    return np.array(values, np.float32)


class Refused(Exception):
    """The runtime said no."""


def tried(run, bytes_, feeds, wait=60, before=()):
    """What `run` does with the model, in a process of its own: ("gave", name → array), ("refused", text), ("died", status)
    or ("hung", seconds)."""
    ours, theirs = multiprocessing.get_context("fork").Pipe()

    def child():
        for earlier in before:
            run(*earlier)
        try:
            theirs.send(("gave", run(bytes_, feeds)))
        except Exception as e:  # What a runtime raises is its refusal.
            theirs.send(("refused", f"{type(e).__name__}: {str(e)[:300]}"))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(wait) else ("hung", wait)
    except EOFError:
        process.join()
        answer = ("died", process.exitcode)
    process.kill()
    process.join()
    return answer


def right(answer, wanted):
    """Whether an answer is one that the text allows. wanted: "a refusal", name → array (exact, NaN matches NaN and zeros by
    sign), or a function of the answered arrays."""
    kind, what = answer
    if wanted == "a refusal":
        return kind == "refused"
    if kind != "gave":
        return False
    if callable(wanted):
        return wanted(what)
    return set(what) == set(wanted) and all(same(what[name], want) for name, want in wanted.items())


def same(got, want):
    got, want = np.asarray(got), np.asarray(want)
    if got.dtype != want.dtype or got.shape != want.shape:
        return False
    if got.dtype.kind in "fV":
        a, b = got.astype(np.float64), want.astype(np.float64)
        return bool(np.all((np.isnan(a) & np.isnan(b)) | ((a == b) & (np.signbit(a) == np.signbit(b)))))
    return bool(np.array_equal(got, want))


def shown(answer):
    kind, what = answer
    if kind != "gave":
        return f"{kind}: {what}".replace("\n", " ")[:260]
    return "; ".join(f"{name} = {np.asarray(v).dtype}{list(np.shape(v))} {np.asarray(v).ravel()[:8]}" for name, v in what.items())


def main(system, run, findings):
    """findings: name → function that makes a Finding."""
    chosen, missing = sys.argv[1:] or list(findings), 0
    for name in chosen:
        finding = findings[name]()
        answer = tried(run, finding.bytes, finding.feeds, before=finding.before)
        kind, what = answer
        alone = not finding.before or tried(run, finding.bytes, finding.feeds)[0] == "gave"
        shows = kind == finding.seen or (kind == "refused" and finding.seen in what)
        seen = shows and alone and not right(answer, finding.wanted)
        missing += not seen
        wanted = finding.wanted
        told = wanted if isinstance(wanted, str) else wanted.__doc__ if callable(wanted) else shown(("gave", wanted))
        print(f"{'SEEN    ' if seen else 'NOT SEEN'} {system} {name}\n    got   {shown(answer)}\n    text  {finding.text}: {told}", flush=True)
    raise SystemExit(1 if missing else 0)


def chain(nodes, feeds, wanted, text, opset=17, seen="gave", y=None, **more):
    """Several nodes."""
    outputs = wanted if isinstance(wanted, dict) else {"y": y}
    return Finding(model(nodes, feeds, outputs, opset, **more), feeds, wanted, text, seen)


def functions(names):
    """The functions of a module that make findings, by name: all of its own but `run` and those that begin with an underscore."""
    own = {name: f for name, f in names.items() if callable(f) and getattr(f, "__module__", "") == names["__name__"]}
    return {name: f for name, f in own.items() if name != "run" and not name.startswith("_")}
