"""onnxruntime-web 1.30.0's WebAssembly backend against ONNX's text, through ../onnxruntime-web/run.mjs (`npm install` there) and
node. Needs onnx and numpy. See ../FINDINGS.md."""
import json
import pathlib
import subprocess
import tempfile

import ml_dtypes
import numpy as np
from onnx import helper, numpy_helper
from shared import chain, functions, main, one

PROGRAM = pathlib.Path(__file__).parent.parent / "onnxruntime-web" / "run.mjs"
INFINITY = np.float32(np.inf)


def run(bytes_, feeds):
    given = {name: {"type": "string" if array.dtype == object else str(array.dtype), "dims": list(array.shape), "data": [said(x) for x in array.ravel().tolist()]}
             for name, array in feeds.items()}
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        file.write(bytes_)
        file.flush()
        done = subprocess.run(["node", PROGRAM, file.name, json.dumps(given)], capture_output=True, text=True, check=True)
    if done.stdout.startswith("refused"):
        raise RuntimeError(done.stdout.strip())
    told = json.loads(done.stdout)
    kinds = {name: object if value["type"] == "string" else value["type"] for name, value in told.items()}
    return {name: np.array(value["data"], object).astype(kinds[name]).reshape(value["dims"]) for name, value in told.items()}


def said(x):
    """A number as JavaScript reads it; JSON has no infinity and no NaN."""
    return x if isinstance(x, str) else str(x).replace("inf", "Infinity").replace("nan", "NaN")


def globalmaxpool_infinity():
    x = np.full((1, 1, 2, 2), -INFINITY)
    return one("GlobalMaxPool", {"x": x}, {"y": np.full((1, 1, 1, 1), -INFINITY)}, "GlobalMaxPool: the maximum")


def gather_strings():
    x = np.array([["a", "b", "c"], ["d", "e", "f"]], dtype=object)
    return one("Gather", {"x": x}, {"y": x[[1]]}, "Gather: entries of the axis, whole", constants={"i": np.array([1])})


def constant_unknown_attribute():
    x = np.array([1, 2], np.float32)
    made = helper.make_node("Constant", [], ["y"], name="n0", value=numpy_helper.from_array(x), no_such_attribute=1)
    return chain([made], {}, "a refusal", "Constant, schema (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard", 21, y=x)


def shrink_float64():
    return one("Shrink", {"x": np.array([1 + 2.0**-40, -3.0])}, {"y": np.array([1 + 2.0**-40, -3.0])}, "Shrink, type constraint T: in float64", lambd=0.5)


def stft_prime():
    """A frame of 23 elements. The same algorithm (Bluestein) in float32, its angles rounded once, is within a fifth of this."""
    x, window = (np.random.default_rng(s).uniform(-8, 8, n).astype(np.float32) for s, n in ((1, 23), (2, 23)))
    window = np.abs(window) / 8
    product = x.astype(np.float64) * window
    scale, true = np.sqrt(np.sum(product**2)), np.fft.rfft(product)

    def wanted(got):
        """within 16 units of 2**-24 of the root of the sum of squares of the frame"""
        return bool(np.max(np.abs(got["y"][0, 0, :, 0] + 1j * got["y"][0, 0, :, 1] - true)) <= 16 * 2.0**-24 * scale)
    feeds = {"x": x.reshape(1, 23, 1), "step": np.array(7), "window": window}
    return one("STFT", feeds, wanted, "STFT: a DFT of each frame; tolerance of this standard", y=np.zeros((1, 1, 1, 1), np.float32))


def topk_zero_size():
    """A trap of WebAssembly and no rejection: the module cannot be used after it."""
    made = helper.make_node("TopK", ["x", "k"], ["y", "i"], name="n0")
    return chain([made], {"x": np.zeros((0, 5), np.float32)}, {"y": np.zeros((0, 2), np.float32), "i": np.zeros((0, 2), np.int64)},
                 "TopK, of no rows: none", seen="divide by zero", initializers=[numpy_helper.from_array(np.array([2]), "k")])


def bfloat16_refused():
    """No model with an input or an output of bfloat16 is loaded; inside a model the type is known."""
    x = np.array([1, 2], np.float32)
    return one("Cast", {"x": x}, {"y": x.astype(ml_dtypes.bfloat16)}, "Cast-13, type constraint T2: tensor(bfloat16)", seen="unsupported data type: 16", to=16)


if __name__ == "__main__":
    main("onnxruntime-web 1.30.0", run, {name: f for name, f in functions(globals()).items() if name != "said"})
