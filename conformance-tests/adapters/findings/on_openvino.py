"""OpenVINO 2026.4.1's CPU device against ONNX's text. Environment: ../python/requirements-openvino.txt and onnx. See ../FINDINGS.md."""
import functools

import ml_dtypes
import numpy as np
import openvino as ov
from onnx import helper, numpy_helper
from shared import behind, chain, f32, functions, main, node, one

E5M2, E4M3 = np.dtype(ml_dtypes.float8_e5m2), np.dtype(ml_dtypes.float8_e4m3fn)
FLOAT8 = {"f8e5m2": E5M2, "f8e4m3": E4M3}


E8M0 = np.dtype(ml_dtypes.float8_e8m0fnu)


@functools.cache
def _core():
    """One for a process, as a program would have it."""
    core = ov.Core()
    core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1})
    return core


def _fed(array):
    """Memory of OpenVINO's own for the type that its binding does not take from numpy."""
    if array.dtype == object:
        return np.array(array.tolist(), str)
    if array.dtype != E8M0:
        return array
    tensor = ov.Tensor(ov.Type.f8e8m0, list(array.shape))
    tensor.data.reshape(-1).view(np.uint8)[:] = array.reshape(-1).view(np.uint8)
    return tensor


def run(bytes_, feeds):
    compiled = _core().compile_model(_core().read_model(bytes_), "CPU")
    request = compiled.create_infer_request()
    request.infer({name: _fed(array) for name, array in feeds.items()})
    told = {}
    for port in compiled.outputs:
        tensor = request.get_tensor(port)
        kind = FLOAT8.get(tensor.element_type.to_string())
        data = np.array(tensor.str_data, object) if tensor.element_type == ov.Type.string else np.array(tensor.data)
        told[port.get_any_name()] = data.view(kind) if kind else data
    return told


def lrn_bool():
    x = np.zeros((1, 4, 1, 1), bool)
    return one("LRN", {"x": x}, "a refusal", "LRN, type constraint T: floating-point", y=np.zeros((1, 4, 1, 1), np.float32), size=3)


def thresholdedrelu_float64():
    x = np.array([1.0 + 2**-40, 0.5])
    return one("ThresholdedRelu", {"x": x}, {"y": np.array([1.0 + 2**-40, 0])}, "ThresholdedRelu: y = x where x > alpha, 0 elsewhere")


def atan_float64():
    def wanted(got):
        """atan(0.5) = 0.463647609000806 in float64"""
        return abs(got["y"][0] - 0.4636476090008061) < 1e-15
    return one("Atan", {"x": np.array([0.5])}, wanted, "Atan, type constraint T: float64 in, float64 out; tolerance of this standard", y=np.zeros(1))


def maxpool_ceil_22():
    x = np.zeros((1, 1, 5, 8), np.float32)
    return one("MaxPool", {"x": x}, {"y": np.zeros((1, 1, 3, 3), np.float32)}, "MaxPool-22: windows that would begin in the right padding are ignored",
               22, kernel_shape=[2, 3], strides=[2, 3], pads=[0, 1, 1, 1], ceil_mode=1)


def unknown_attribute():
    return one("Relu", {"x": f32(-1, 2)}, "a refusal", "Relu, schema: no attributes (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard",
               y=f32(0), no_such_attribute=1)


def cast_saturated():
    x = f32(1, 1e6, np.inf)
    return one("Cast", {"x": x}, {"y": np.array([1, 57344, 57344]).astype(E5M2)}, "Cast, table of float 8: saturated to FLT_MAX", 21, to=19, saturate=1)


def quantize_nan():
    x = f32(1, np.nan)
    return one("QuantizeLinear", {"x": x}, {"y": np.array([2, np.nan]).astype(E4M3)}, "QuantizeLinear-19, y_zero_point float 8, and Cast's table: NaN stays NaN",
               19, constants={"s": np.array(0.5, np.float32), "z": np.zeros((), E4M3)})


def thresholdedrelu_zero():
    return one("ThresholdedRelu", {"x": f32(-2, 3, 0.5)}, {"y": f32(0, 3, 0)}, "ThresholdedRelu: y = 0 otherwise; its function body takes a constant zero, not -0")


def attention_window():
    """Every score is 0, so that each query has the mean of the values that its window shows it."""
    q, v = np.zeros((1, 1, 4, 8), np.float32), f32(1, 2, 3, 4).reshape(1, 1, 4, 1)

    def wanted(got):
        """1.5, 2, 2.5, 3: each query sees the two positions before its own and the one behind it"""
        return bool(np.allclose(got["y"].ravel(), [1.5, 2, 2.5, 3], atol=1e-5))
    return one("Attention", {"q": q, "k": q, "v": v}, wanted, "Attention-25, left_window_size and right_window_size", 25, y=v,
               left_window_size=2, right_window_size=1)


def rnn_unknown_attribute():
    feeds = {"x": np.ones((4, 3, 5), np.float32), "w": np.ones((1, 7, 5), np.float32), "r": np.ones((1, 7, 7), np.float32)}
    return one("RNN", feeds, "a refusal", "RNN, schema (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard", 22,
               y=np.zeros((1, 1, 1, 1), np.float32), hidden_size=7, no_such_attribute=1)


def castlike_infinity():
    return one("CastLike", {"x": f32(np.inf, -np.inf, 1)}, {"y": np.array([np.inf, -np.inf, 1])}, "CastLike, as Cast: an infinity stays one", 19,
               constants={"like": np.zeros(1)})


def reducelogsum_axes():
    """So do ReduceLogSumExp and ReduceL1; at 11 it reduces the axis that is named."""
    x = np.arange(1, 25, dtype=np.float32).reshape(2, 3, 4)

    def wanted(got):
        """of shape [2, 1, 4]"""
        return got["y"].shape == (2, 1, 4)
    return one("ReduceLogSum", {"x": x}, wanted, "ReduceLogSum-13, attribute axes: reduced along them, and not along all", 17, y=x, axes=[1])


# Not of the sample: what a maintainer would want to know first.


def cycle():
    nodes = [node("Add", "x b", "a"), helper.make_node("Relu", ["a"], ["b"], name="n1"), helper.make_node("Relu", ["b"], ["y"], name="n2")]
    return chain(nodes, {"x": f32(1)}, "a refusal", "IR: the nodes of a graph are sorted topologically, and so without a cycle", seen="hung", y=f32(0))


def input_missing():
    """The session holds x alone; y = x + z reads what nothing wrote."""
    found = one("Add", {"x": f32(1, 2), "z": f32(3, 4)}, "a refusal", "IR, graph: inputs without a default have to be given; EXCH-INPUT-MISSING", y=f32(0))
    found.feeds.pop("z")
    return found


def initializer_int64():
    x = np.array([1], np.int64)
    return one("Mul", {"x": x}, {"y": np.array([1 << 40])}, "IR: a tensor has the type that it declares", constants={"w": np.array([1 << 40])})


def read_from_memory():
    """An input that no node reads keeps its name in a model that is read from a file, and loses it in one read from bytes."""
    x, w, c = f32(1, 2, 3), f32(7), np.array(True)
    nodes = [node("SequenceConstruct", "x w x", "q"), helper.make_node("SequenceAt", ["q", "one"], ["y"], name="n1")]
    constants = [numpy_helper.from_array(w, "w"), numpy_helper.from_array(np.array(1), "one")]
    return chain(nodes, {"x": x, "c": c}, {"y": w}, "IR, graph: its inputs have names", initializers=constants, seen="Port for tensor name c was not found")


def scan_state():
    """h_out = x and y_t = h: what is scanned out is the state of the step before."""
    feeds = {"h0": f32(10, 20), "x": f32([1, 2], [3, 4], [5, 6])}
    value = lambda name: helper.make_tensor_value_info(name, 1, [2])
    body = helper.make_graph([helper.make_node("Identity", ["x_t"], ["h_out"]), helper.make_node("Identity", ["h"], ["y_t"])], "body",
                             [value("h"), value("x_t")], [value("h_out"), value("y_t")])
    return one("Scan", feeds, {"last": f32(5, 6), "y": f32([10, 20], [1, 2], [3, 4])}, "Scan, pseudo-code: the state goes from step to step",
               body=body, num_scan_inputs=1)


def loop_condition():
    """A trip count and no condition: for (i = 0; i < trip_count; ++i) { cond = …; // ignored }"""
    value = lambda name, kind: helper.make_tensor_value_info(name, kind, [])
    body = helper.make_graph([helper.make_node("Less", ["i", "two"], ["more"]), helper.make_node("Add", ["v", "one"], ["out"])], "body",
                             [value("i", 7), value("c", 9), value("v", 1)], [value("more", 9), value("out", 1)],
                             [numpy_helper.from_array(np.array(2), "two"), numpy_helper.from_array(np.array(1, np.float32), "one")])
    nodes = [helper.make_node("Loop", ["n", "", "v0"], ["y"], name="n0", body=body)]
    return chain(nodes, {"n": np.array(5), "v0": np.array(0, np.float32)}, {"y": np.array(5, np.float32)}, "Loop, for loop: the condition of the body is ignored")


def sequence_at():
    """The place is fed; a place that is a constant is found."""
    feeds = {"a": f32([1, 2], [3, 4]), "b": f32(5, 6), "at": np.array(1)}
    nodes = [node("SequenceConstruct", "a b", "q"), helper.make_node("SequenceAt", ["q", "at"], ["y"], name="n1")]
    return chain(nodes, feeds, {"y": f32(5, 6)}, "SequenceAt, position")


def nms_touching():
    """Two boxes that do not overlap: their IoU is 0, and the threshold that is left out is 0."""
    boxes = f32([[0, 0, 1, 1], [0, 2, 1, 3]])
    return one("NonMaxSuppression", {"b": boxes, "s": f32([[0.5, 0.75]]), "n": np.array([2])}, {"y": np.array([[0, 0, 1], [0, 0, 0]])},
               "NonMaxSuppression: suppressed where the IoU is strictly greater than iou_threshold")


def randomnormal_law():
    def wanted(got):
        """a share of 2.28 % below -2, where at least 1.5 % of 100,000 numbers lie with all but no chance"""
        return bool((got["y"] < -2).mean() > 0.015)
    return one("RandomNormal", {}, wanted, "RandomNormal: a normal distribution", y=f32(0), shape=[100000])


def softplus_negative():
    def wanted(got):
        """a positive number, since e^x + 1 is greater than 1"""
        return bool((got["y"] >= 0).all())
    return one("Softplus", {"x": np.linspace(-26, -14, 64, dtype=np.float32)}, wanted, "Softplus: ln(exp(x) + 1)", y=f32(0))


def mod_fmod():
    return one("Mod", {"x": f32(1e6), "z": f32(0.3)}, {"y": np.fmod(f32(1e6), f32(0.3))}, "Mod, fmod: as C's fmod, which is exact", fmod=1)


# An earlier model kills the process of a later one, which is right in a process of its own.


def _cumsum(axis):
    x = np.ones((5, 13), np.float32)
    return one("CumSum", {"x": x}, {"y": x.cumsum(axis % 2, dtype=np.float32)}, "CumSum", constants={"axis": np.array(axis)})


def cumsum_axis_kills():
    """axis is 2 of rank 2: an invalid model, which is taken."""
    finding = behind(_cumsum(2), _cumsum(1))
    finding.text = "CumSum, axis: in the range [-rank, rank-1]; a later CumSum in the same process"
    return finding


def _scatter(index):
    feeds = {"x": f32(1, 2, 3, 4, 5), "i": np.array([index, 1]), "u": f32(7, 8)}
    return one("ScatterElements", feeds, {"y": f32(1, 8, 3, 4, 7)}, "ScatterElements", 18)


def scatterelements_index_kills():
    finding = behind(_scatter(5), _scatter(4))
    finding.text = "ScatterElements, indices: it is an error if any of the index values are out of bounds; a later one in the same process"
    return finding


def _gather(index):
    feeds = {"x": f32([1], [2], [3], [4], [5]), "i": np.array([[index], [0]])}
    return one("GatherElements", feeds, {"y": f32([5], [1])}, "GatherElements")


def gatherelements_index_kills():
    finding = behind(_gather(5), _gather(4))
    finding.text = "GatherElements, indices: it is an error if any of the index values are out of bounds; a later one in the same process"
    return finding


def _scan(kind):
    state, x = np.arange(1, 8).astype(kind), np.arange(35).reshape(5, 7).astype(kind)
    info = lambda name: helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(np.dtype(kind)), [7])
    body = helper.make_graph([helper.make_node("Identity", ["x"], ["h_out"]), helper.make_node("Identity", ["h"], ["y_t"])], "b",
                             [info("h"), info("x")], [info("h_out"), info("y_t")])
    return one("Scan", {"state": state, "xs": x}, {"last": x[-1], "all": np.concatenate([state[None], x[:-1]])},
               "Scan: final states and scan outputs", 25, body=body, num_scan_inputs=1)


def scan_float8_kills():
    """The first model is valid and runs; so it is with float4e2m1, and with Loop."""
    finding = behind(_scan(E8M0), _scan(np.float32))
    finding.text = "Scan, type constraint V: all tensor types; a later Scan of float32 in the same process"
    return finding


def gru_float64():
    """Zero weights for the input: h = z * h_0, z = sigmoid(1)."""
    feeds = {"x": np.zeros((1, 1, 1)), "w": np.zeros((1, 3, 1)), "r": np.zeros((1, 3, 1)), "b": np.array([[1.0, 0, 0, 0, 0, 0]])}
    constants = {"h": np.array([[[0.7]]])}

    def wanted(got):
        """0.7 / (1 + exp(-1)), within 1e-12"""
        return bool(np.all(np.abs(got["y"] - 0.7 / (1 + np.exp(-1.0))) < 1e-12))
    made = node("GRU", "x w r b  h", "y", hidden_size=1)
    made.input[:] = ["x", "w", "r", "b", "", "h"]
    return chain([made], feeds, wanted, "GRU, type constraint T: in float64", 13, y=np.zeros((1, 1, 1, 1)),
                 initializers=[numpy_helper.from_array(a, n) for n, a in constants.items()])


def acosh_unknown_attribute():
    return one("Acosh", {"x": f32(1.5)}, "a refusal", "Acosh, schema: no attributes (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard", 22, y=f32(0),
               no_such_attribute=1)


def loss_weights_length():
    feeds = {"s": np.ones((3, 5), np.float32), "l": np.array([1, 0, 4]), "w": f32(1, 2, 3)}
    return one("SoftmaxCrossEntropyLoss", feeds, "a refusal", "SoftmaxCrossEntropyLoss, weights: one for each of the C classes", y=np.array(0, np.float32))


def optional_empty():
    info = helper.make_tensor_type_proto(1, [2])
    nodes = [helper.make_node("Optional", [], ["o"], type=info), helper.make_node("OptionalHasElement", ["o"], ["y"])]
    return chain(nodes, {}, {"y": np.array(False)}, "Optional-15, OptionalHasElement-15", seen="No conversion rule")


def _reversed(length):
    x = np.arange(10, dtype=np.float32).reshape(5, 2)
    lengths = np.array([length, 1])
    wanted = x.copy()
    wanted[:5, 0] = x[::-1, 0]
    return one("ReverseSequence", {"x": x, "lengths": lengths}, {"y": wanted}, "ReverseSequence")


def reversesequence_length_kills():
    """sequence_lens has 6 of 5 steps."""
    finding = behind(_reversed(6), _reversed(5))
    finding.text = "ReverseSequence, sequence_lens: within the time axis; a later one in the same process"
    return finding


def depthtospace_string():
    """In a long run it gives empty strings, alone it ends in free(): invalid size."""
    x = np.array(["a", "b", "c", "d"], object).reshape(1, 4, 1, 1)
    return one("DepthToSpace", {"x": x}, {"y": x.reshape(1, 1, 2, 2)}, "DepthToSpace-13, type constraint T: tensor(string)", seen="died", blocksize=2)


def sign_unknown_attribute():
    return one("Sign", {"x": f32(1.5)}, "a refusal", "Sign, schema: no attributes (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard", y=f32(0), no_such_attribute=1)


def abs_float64():
    return one("Abs", {"x": np.array([-1 - 2.0**-40])}, {"y": np.array([1 + 2.0**-40])}, "Abs, type constraint T: in float64")


def scan_int16():
    return _scan(np.int16)


def conv_bfloat16():
    """What comes out is cut off after 8 bits. OpenVINO's binding calls bfloat16 float16: its bits are read here."""
    kind = np.dtype(ml_dtypes.bfloat16)
    x = np.linspace(0.9, 2.1, 48).astype(kind).reshape(1, 3, 4, 4)
    w = np.linspace(-0.7, 1.3, 12).astype(kind).reshape(1, 3, 2, 2)
    rows = np.lib.stride_tricks.sliding_window_view(x[0].astype(np.float64), (2, 2), (1, 2))
    true = np.einsum("cijkl,ckl->ij", rows, w[0].astype(np.float64))[None, None]

    def wanted(got):
        """the nearest bfloat16, but for a hundredth of a unit in the last place"""
        unit = 2.0 ** (np.floor(np.log2(np.abs(true))) - 7)
        return bool(np.all(np.abs(got["y"].view(kind).astype(np.float64) - true) <= 0.51 * unit))
    return one("Conv", {"x": x, "w": w}, wanted, "Conv; clause 4.3.4 of this standard: the sum is rounded to the nearest", 22, y=x)


if __name__ == "__main__":
    main("OpenVINO " + ov.__version__, run, functions(globals()))
