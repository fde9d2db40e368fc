"""tract 0.23.9 against ONNX's text, through its Python package (`python -m pip install tract==0.23.9`), with onnx and numpy beside it.
See ../FINDINGS.md."""
import math
import tempfile

import numpy as np
import tract
from onnx import helper
from shared import Finding, f32, functions, main, model, one


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


def gathernd_negative():
    """The first example of the text, with -1 for the last index of an axis."""
    return one("GatherND", {"data": np.array([[0, 1], [2, 3]], np.int32), "indices": np.array([[0, 0], [1, -1]])},
               {"y": np.array([0, 3], np.int32)}, "GatherND, indices: in [-s, s-1]", 13, seen="died")


def resize_scales_empty():
    x, scales = np.ones((1, 2, 4, 4), np.float32), np.zeros(0, np.float32)
    made = helper.make_node("Resize", ["x", "", "scales"], ["y"], mode="nearest")
    return Finding(model([made], {"x": x, "scales": scales}, {"y": x}, 19), {"x": x, "scales": scales}, "a refusal",
                   "Resize-19, scales: as many elements as x has dimensions", "died")


def globallppool_mean():
    x = f32(3, 4, 0, 0).reshape(1, 1, 2, 2)
    return one("GlobalLpPool", {"x": x}, {"y": np.full((1, 1, 1, 1), 5, np.float32)}, "GlobalLpPool, p = 2, as LpPool: the root of the sum of squares, not of their mean")


def no_node():
    """An output that no node makes."""
    x = f32(1, 2)
    return Finding(model([], {"x": x}, {"y": x}), {"x": x}, "a refusal", "IR, graph: an output is made by a node or is an input or an initializer; ROB-HOSTILE",
                   "died")


def scan_axes_length():
    value = lambda name, shape: helper.make_tensor_value_info(name, 1, shape)
    body = helper.make_graph([helper.make_node("Add", ["a", "e"], ["b"]), helper.make_node("Identity", ["b"], ["s"])], "body",
                             [value("a", [2]), value("e", [2])], [value("b", [2]), value("s", [2])])
    made = helper.make_node("Scan", ["x", "xs"], ["y", "ys"], body=body, num_scan_inputs=1, scan_input_axes=[0, 0])
    feeds = {"x": np.zeros(2, np.float32), "xs": np.ones((3, 2), np.float32)}
    return Finding(model([made], feeds, {"y": feeds["x"], "ys": feeds["xs"]}, 25), feeds, "a refusal",
                   "Scan, scan_input_axes: a list of M flags, M = num_scan_inputs = 1", "died")


def dft_nan():
    """Not held against it: the sine of bin 0 is 0 in any fast transform, and no element is multiplied by it."""
    x = f32(1, np.nan, 2, 3).reshape(1, 4, 1)
    return one("DFT", {"x": x}, lambda got: bool(np.isnan(got["y"][0, 0, 1])), "DFT, formula: NaN times 0 is NaN, in bin 0 too", y=np.zeros((1, 4, 2), np.float32))


def selu_float64():
    """The default of gamma has 21 digits in the schema; five of them are used."""
    gamma = float(np.float32(1.05070102214813232421875))
    return one("Selu", {"x": np.array([1.0, 2.0])}, lambda got: bool(np.all(np.abs(got["y"] - gamma * np.array([1, 2])) < 1e-9)),
               "Selu, attribute gamma: 1.05070102214813232421875", y=np.zeros(2))


def sigmoid_tail():
    """Off by a factor of 31 at -18, of 34,000 at -25."""
    x = f32(-25, -18, -14, -8)

    def wanted(got):
        """1 / (1 + exp(-x)): 1.4e-11, 1.5e-8, 8.3e-7, 3.4e-4, each within 16 units in the last place"""
        true = 1 / (1 + np.exp(-x.astype(np.float64)))
        return bool(np.all(np.abs(got["y"] - true) <= 16 * 2.0**-24 * true))
    return one("Sigmoid", {"x": x}, wanted, "Sigmoid, formula", y=f32(*x))


def gelu_float32():
    """Up to 21 units in the last place between -1 and 1; an Erf within four would make a few."""
    x = np.linspace(-4, 4, 4097, dtype=np.float32)
    true = np.array([0.5 * float(v) * math.erfc(-float(v) / math.sqrt(2)) for v in x])
    def wanted(got):
        inner = 1 + np.abs(np.array([math.erf(float(v) / math.sqrt(2)) for v in x]))
        return bool(np.all(np.abs(got["y"] - true) <= 8 * 2.0**-24 * 0.5 * np.abs(x) * inner))
    return one("Gelu", {"x": x}, wanted, "Gelu-20, formula; an Erf within four units in the last place", 20, y=np.zeros(4097, np.float32))


def unsqueeze_axis():
    return one("Unsqueeze", {"x": f32(1, 2)}, "a refusal", "Unsqueeze, axes: in [-r, r-1] of the output's rank", 25, seen="died", y=f32([1, 2]), constants={"axes": np.array([5])})


def logsoftmax_operand_missing():
    x = f32(1, 2)
    return Finding(model([helper.make_node("LogSoftmax", [], ["y"])], {"x": x}, {"y": x}), {"x": x}, "a refusal", "LogSoftmax, schema: one input (onnx.checker refuses it)", "died")


def qlinearconv_bias_type():
    x, w, one_, zero = np.ones((1, 1, 3, 3), np.uint8), np.ones((1, 1, 2, 2), np.uint8), np.array(1, np.float32), np.array(0, np.uint8)
    constants = {"xs": one_, "xz": zero, "w": w, "ws": one_, "wz": zero, "ys": one_, "yz": zero, "b": f32(1)}
    return one("QLinearConv", {"x": x}, "a refusal", "QLinearConv, B: int32", y=x, constants=constants)


def selu_float32():
    """The constants have five digits: 1.0507 for 1.05070102."""
    x = f32(1, 2)
    return one("Selu", {"x": x}, lambda got: bool(np.all(np.abs(got["y"] - 1.05070102214813232421875 * x.astype(np.float64)) < 1e-6)),
               "Selu, attribute gamma: 1.05070102214813232421875", y=x)


def rnn_nan():
    feeds = {"x": np.full((1, 1, 1), np.nan, np.float32), "w": np.ones((1, 1, 1), np.float32), "r": np.zeros((1, 1, 1), np.float32)}
    return one("RNN", feeds, {"y": np.full((1, 1, 1, 1), np.nan, np.float32)}, "RNN: tanh of what holds a NaN", hidden_size=1)


def celu_unknown_attribute():
    return one("Celu", {"x": f32(1, 2)}, "a refusal", "Celu, schema (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard", y=f32(0), no_such_attribute=1)


def duplicate_name():
    x = f32(1, -2)
    nodes = [helper.make_node("Relu", ["x"], ["y"], name="n0"), helper.make_node("Neg", ["x"], ["y"], name="n1")]
    return Finding(model(nodes, {"x": x}, {"y": x}), {"x": x}, "a refusal", "IR, Graphs: names of outputs are unique (static single assignment)")


def softmax_axis():
    return one("Softmax", {"x": f32([1, 2])}, "a refusal", "Softmax, axis: in [-r, r-1]", y=f32([0]), axis=5)


if __name__ == "__main__":
    main("tract 0.23.9", run, functions(globals()))
