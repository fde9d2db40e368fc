"""tract 0.23.9 against ONNX's text, through its Python package (`python -m pip install tract==0.23.9`), with onnx and numpy beside it.
See ../FINDINGS.md."""
import tempfile

import numpy as np
import tract
from shared import f32, functions, main, one


def run(bytes_, feeds):
    """tract takes inputs by position; the models here have one output, y."""
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        file.write(bytes_)
        file.flush()
        plan = tract.onnx().load(file.name).into_model().into_runnable()
        return {"y": plan.run(list(feeds.values()))[0].to_numpy()}


def reducemin_empty_set():
    x = np.ones((2, 0, 3), np.float32)
    return one("ReduceMin", {"x": x}, {"y": np.full((2, 1, 3), np.inf, np.float32)}, "ReduceMin: of an empty set, plus infinity", 20,
               constants={"axes": np.array([1])}, keepdims=1)


def reducelogsumexp_axis():
    return one("ReduceLogSumExp", {"x": np.ones((2, 3), np.float32)}, "a refusal", "ReduceLogSumExp, axes: in [-r, r-1]", 18, seen="died",
               y=np.ones((2, 3), np.float32), constants={"axes": np.array([5])})


def unknown_attribute():
    return one("ReduceSum", {"x": f32(1, 2)}, "a refusal", "schema: ReduceSum has no such attribute; onnx.checker", 13, y=f32(0), aiis_unknown=1)


if __name__ == "__main__":
    main("tract 0.23.9", run, functions(globals()))
