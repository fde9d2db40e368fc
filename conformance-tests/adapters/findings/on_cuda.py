"""ONNX Runtime's CUDA provider against ONNX's text, by its Python API: `python -m pip install onnxruntime-gpu onnx`, and a GPU. See ../FINDINGS.md
and, for the options, paired.py."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper
from on_cuda_placement import FORMS
from paired import Several, main
from shared import Finding, chain, f32, functions, model, node, one

INFINITY = np.float32(np.inf)


def _uniform(seed, *shape):
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32)


# ---- values off by rounding ----


def _measured(op, feeds, true, allowed, text, opset=17, kind=np.float32, **attributes):
    """The largest error of y, in units of what is allowed."""
    bytes_ = model([node(op, " ".join(feeds), "y", **attributes)], feeds, {"y": true.astype(kind)}, opset)

    def wanted(got):
        """at most 1"""
        return all(_number(v) <= 1 for v in got.values())
    tries = {"largest error, in units of what is allowed,": (bytes_, feeds, {})}
    return Several(tries, lambda out, ran: np.max(np.abs(out["y"] - true) / allowed), wanted, text)


def _number(value):
    """What is no number is a refusal's text: no error is as large."""
    return float(value) if value.dtype.kind == "f" and not np.isnan(value) else np.inf


def sigmoid_float32():
    x = np.linspace(-9, -2, 4001, dtype=np.float32)
    true = 1 / (1 + np.exp(-x.astype(np.float64)))
    return _measured("Sigmoid", {"x": x}, true, np.maximum(2.0**-24, 16 * 2.0**-24 * true),
                     "Sigmoid, formula: within 2**-24 or 16 units in the last place, tolerance of this standard")


def einsum_float32():
    """TF32 multiplies with 11 bits. The default of the option use_tf32 is 1; whether Einsum heeds 0 is the question."""
    a, b = _uniform(1, 8, 11), _uniform(2, 11, 9)
    true = a.astype(np.float64) @ b.astype(np.float64)
    models = {"Einsum": model([node("Einsum", "a b", "y", equation="ij,jk->ik")], {"a": a, "b": b}, {"y": true.astype(np.float32)}),
              "MatMul": model([node("MatMul", "a b", "y")], {"a": a, "b": b}, {"y": true.astype(np.float32)})}
    tries = {f"{op}, use_tf32={on}": (bytes_, {"a": a, "b": b}, {"provider": {"use_tf32": on}}) for op, bytes_ in models.items() for on in "10"}

    def wanted(got):
        """the largest error, in units of 2**-24 of the sum of the magnitudes, is at most 16"""
        return all(_number(v) <= 16 for v in got.values())
    scale = np.abs(a).astype(np.float64) @ np.abs(b)
    return Several(tries, lambda out, ran: np.max(np.abs(out["y"] - true) / scale) * 2.0**24, wanted, "Einsum, a sum of products")


def softmax_float64():
    x = np.random.default_rng(3).uniform(-8, 8, (5, 13))
    e = np.exp(x - x.max(axis=1, keepdims=True))
    true = e / e.sum(axis=1, keepdims=True)
    return _measured("Softmax", {"x": x}, true, 1e-13 * true, "Softmax, T: tensor(double): within 1e-13 of the value", kind=np.float64)


def conv_float16():
    """Rounded once, a sum is within half a unit in the last place. Rounded before the bias is added, it is not."""
    x, w, b = (np.random.default_rng(4 + i).uniform(-8, 8, s).astype(np.float16) for i, s in enumerate([(64, 3, 6, 7), (4, 3, 3, 3), (4,)]))
    windows = np.lib.stride_tricks.sliding_window_view(x.astype(np.float64), (3, 3), axis=(2, 3))
    products = lambda a, c: np.einsum("nchwij,ocij->nohw", a, c.astype(np.float64))
    true = products(windows, w) + b.astype(np.float64)[None, :, None, None]
    allowed = 0.75 * np.spacing(np.abs(true).astype(np.float16)).astype(np.float64) + 2.0**-22 * products(np.abs(windows), np.abs(w))
    return _measured("Conv", {"x": x, "w": w, "b": b}, true, allowed,
                     "Conv, Y of type T: within 0.75 units in the last place, and what float32 may lose in the sum", kind=np.float16)


def lrn_nan():
    x = np.ones((1, 7, 1, 1), np.float32)
    x[0, 3] = np.nan
    return one("LRN", {"x": x}, lambda got: bool(np.all(np.isnan(got["y"].ravel()) == [0, 0, 1, 1, 1, 0, 0])),
               "LRN: each element is divided by the sum of squares of its neighbours; three of seven are NaN", y=x, size=3)


# ---- the process dies on strings ----


def size_string():
    x = np.array([["a", "b", "c"]] * 5, object)
    return _strings([node("Size", "x", "y")], {"x": x}, {"y": np.array(15)}, "Size, T: all types")


def if_string():
    a, b, c = np.array(["a", "b"], object), np.array(["c"], object), np.array(True)
    branch = lambda reads: helper.make_graph([helper.make_node("Identity", [reads], ["o"])], reads, [], [helper.make_tensor_value_info("o", TensorProto.STRING, ["n"])])
    made = helper.make_node("If", ["c"], ["y"], name="n0", then_branch=branch("a"), else_branch=branch("b"))
    return _strings([made], {"c": c, "a": a, "b": b}, {"y": a}, "If, V: all types")


def loop_string():
    value = helper.make_tensor_value_info
    body = helper.make_graph(
        [helper.make_node("Identity", ["c"], ["d"]), helper.make_node("Identity", ["a"], ["b"])], "body",
        [value("i", TensorProto.INT64, []), value("c", TensorProto.BOOL, []), value("a", TensorProto.STRING, ["n"])],
        [value("d", TensorProto.BOOL, []), value("b", TensorProto.STRING, ["n"])])
    made = helper.make_node("Loop", ["n", "c", "x"], ["y"], name="n0", body=body)
    x = np.array(["a", "b"], object)
    return _strings([made], {"n": np.array(3), "c": np.array(True), "x": x}, {"y": x}, "Loop, V: all types")


def randomnormallike_string():
    x = np.array(["a", "b", "c"], object)
    made = _strings([node("RandomNormalLike", "x", "y", dtype=1)], {"x": x}, None, "RandomNormalLike, T1: all types", y=f32(0))
    made.wanted = lambda got: got["y"].shape == (3,)
    return made


def _strings(nodes, feeds, wanted, text, y=None):
    made = chain(nodes, {k: v if v.dtype != object else v.astype(str) for k, v in feeds.items()}, wanted or {"y": y}, text, seen="died")
    made.feeds = feeds
    return made


# ---- an index out of range is taken ----


def gather_index():
    x = np.ones((3, 7), np.float32)
    return one("Gather", {"x": x, "i": np.array([0, 3])}, "a refusal", "Gather, indices: in [-s, s-1], it is an error if any is out of bounds", y=x)


def gatherelements_index():
    x = np.ones((2, 3), np.float32)
    return one("GatherElements", {"x": x, "i": np.array([[-4], [0]])}, "a refusal",
               "GatherElements, indices: in [-s, s-1], it is an error if any is out of bounds", y=x, axis=1)


def gathernd_index():
    return one("GatherND", {"x": f32(1, 1, 1), "i": np.array([[0], [3], [1]])}, "a refusal",
               "GatherND, indices: it is an error if any of the index values are out of bounds", y=f32(0))


def scatterelements_index():
    x = np.ones(5, np.float32)
    return one("ScatterElements", {"x": x, "i": np.array([0, 5]), "u": f32(2, 3)}, "a refusal",
               "ScatterElements, indices: in [-s, s-1], it is an error if any is out of bounds", 18, y=x)


def loss_target():
    return one("NegativeLogLikelihoodLoss", {"x": _uniform(8, 3, 5), "t": np.array([0, 5, 1])}, "a refusal",
               "NegativeLogLikelihoodLoss, target: its values are in [0, C)", 22, y=np.array(0, np.float32))


# ---- BatchNormalization ----


def _batchnorm(x, wanted, seen, opset, outputs, **attributes):
    one_, zero = np.ones(3, np.float32), np.zeros(3, np.float32)
    feeds = {"x": x, "scale": one_, "bias": zero, "mean": zero, "variance": one_}
    made = node("BatchNormalization", " ".join(feeds), " ".join(outputs), **attributes)
    return Finding(model([made], feeds, outputs, opset), feeds, wanted, "BatchNormalization, " + ("training_mode" if attributes else "X"), seen)


def batchnorm_batch_0():
    x = np.ones((0, 3, 4), np.float32)
    return _batchnorm(x, {"y": x}, "CUDNN", 13, {"y": x})


def batchnorm_training():
    x = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    axes = (0, 2)
    mean, variance = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)

    def wanted(got):
        """x less the mean of the batch, by the root of its variance"""
        return bool(np.allclose(got["y"], (x - mean) / np.sqrt(variance + 1e-5), atol=1e-4))
    one_ = np.ones(3, np.float32)
    return _batchnorm(x, wanted, "raining", 17, {"y": x, "m": one_, "v": one_}, training_mode=1)


# ---- blocked quantisation along the first axis ----


def dequantize_blocks():
    x, scale = np.arange(12, dtype=np.uint8).reshape(4, 3), np.array([[1, 2, 3], [4, 5, 6]], np.float32)
    wanted = {"y": (x * np.repeat(scale, 2, axis=0)).astype(np.float32)}
    return one("DequantizeLinear", {"x": x}, wanted, "DequantizeLinear-21, block_size", 21, "Unsupported quantization", constants={"s": scale}, axis=0, block_size=2)


def quantize_blocks():
    x, scale = np.arange(12, dtype=np.float32).reshape(4, 3), np.array([[1, 2, 0.5], [4, 1, 2]], np.float32)
    wanted = {"y": np.rint(x / np.repeat(scale, 2, axis=0)).astype(np.uint8)}
    return one("QuantizeLinear", {"x": x}, wanted, "QuantizeLinear-21, block_size", 21, "Unsupported quantization", constants={"s": scale}, axis=0, block_size=2)


# ---- reductions ----


def reducelogsum_empty():
    x = np.ones((2, 0, 3), np.float32)
    return one("ReduceLogSum", {"x": x}, {"y": np.full((2, 1, 3), -INFINITY)}, "ReduceLogSum: of an empty set, minus infinity", axes=[1])


def reducelogsumexp_empty():
    x = np.ones((2, 0, 3), np.float32)
    return one("ReduceLogSumExp", {"x": x}, {"y": np.full((2, 1, 3), -INFINITY)}, "ReduceLogSumExp: of an empty set, minus infinity", axes=[1])


def reducel1_noop():
    """No axis is reduced, and the formula still holds for each element alone."""
    return one("ReduceL1", {"x": f32(-3, 2)}, {"y": f32(3, 2)}, "ReduceL1-18, noop_with_empty_axes", 21,
               constants={"axes": np.array([], np.int64)}, noop_with_empty_axes=1)


def reducemax_infinities():
    x = np.full((1, 3), -INFINITY)
    return one("ReduceMax", {"x": x}, {"y": np.full((1, 1), -INFINITY)}, "ReduceMax: the maximum", 18, constants={"axes": np.array([1])})


# ---- never ends ----


def scatterelements_mul():
    feeds = {"x": f32(np.inf, -np.inf, 1, np.nan, 0), "i": np.array([0, 1, 2, 3, 4, 4]), "u": f32(-np.inf, -np.inf, np.inf, 1, np.inf, 2)}
    return one("ScatterElements", feeds, {"y": f32(-np.inf, np.inf, np.inf, np.nan, np.nan)}, "ScatterElements-18, reduction mul", 18, "hung", reduction="mul")


# ---- Attention ----


def _attended(q, k, v, mask=0.0):
    with np.errstate(invalid="ignore"):
        scores = q.astype(np.float64) @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]) + mask
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return (weights / weights.sum(axis=-1, keepdims=True)) @ v


def attention_nan():
    q, k, v = _uniform(11, 1, 2, 3, 16), _uniform(12, 1, 2, 5, 16), _uniform(13, 1, 2, 5, 4)
    q[0, 1, 0, 0] = np.nan

    def wanted(got):
        """NaN where a query holds NaN, and nowhere else"""
        return bool(np.array_equal(np.isnan(got["y"]), np.isnan(_attended(q, k, v))))
    return one("Attention", {"q": q, "k": k, "v": v}, wanted, "Attention: softmax(Q K^T) V", 23, y=v)


def attention_past():
    q, k, v = _uniform(14, 2, 3, 4, 16), _uniform(15, 2, 3, 6, 16), _uniform(16, 2, 3, 6, 7)
    feeds = {"q": q, "k": k, "v": v, "mask": _uniform(17, 4, 11), "pk": _uniform(18, 2, 3, 5, 16), "pv": _uniform(19, 2, 3, 5, 7)}
    true = _attended(q, np.concatenate([feeds["pk"], k], 2), np.concatenate([feeds["pv"], v], 2), feeds["mask"])

    made = node("Attention", " ".join(feeds), "y k1 v1")

    def wanted(got):
        """within 0.01 of softmax(Q [past K, K]^T / 4 + mask) [past V, V], so that TF32 is allowed"""
        return all(_number(v) <= 0.01 for v in got.values())
    tries = {"largest error": (model([made], feeds, {"y": v, "k1": k, "v1": v}, 23), feeds, {})}
    return Several(tries, lambda out, ran: np.max(np.abs(out["y"] - true)), wanted, "Attention, past_key and past_value")


# ---- beside the ten groups ----


def topk_infinities():
    feeds = {"x": f32(1, -np.inf, 2, -np.inf).reshape(1, 4), "k": np.array([4])}
    outputs = {"v": feeds["x"], "i": np.zeros((1, 4), np.int64)}
    return Finding(model([node("TopK", "x k", "v i")], feeds, outputs), feeds,
                   lambda got: bool(np.array_equal(got["v"], [[2, 1, -np.inf, -np.inf]])), "TopK: the values; 2, 1 and two of minus infinity")


def quantize_infinity():
    return one("QuantizeLinear", {"x": f32(np.inf, -np.inf)}, {"y": np.array([255, 0], np.uint8)}, "QuantizeLinear: saturates", 21,
               constants={"s": np.array(0.5, np.float32), "z": np.array(131, np.uint8)})


def pow_int32():
    x = np.array([-3, 3, -3, 3], np.int32)
    return one("Pow", {"x": x, "e": np.array([1, 1, 3, 3], np.int32)}, {"y": np.array([-3, 3, -27, 27], np.int32)}, "Pow, T: tensor(int32)")


def layernorm_scale():
    x, scale = _uniform(21, 3, 4, 5), f32(1, 2, 3, 4, 5)
    mean, variance = x.mean(axis=(1, 2), keepdims=True), x.var(axis=(1, 2), keepdims=True)

    def wanted(got):
        """Scale of shape [5] is repeated over the four rows of [4, 5]"""
        return bool(np.allclose(got["y"], (x - mean) / np.sqrt(variance + 1e-5) * scale, atol=1e-3))
    return one("LayerNormalization", {"x": x, "s": scale}, wanted, "LayerNormalization, Scale: unidirectionally broadcastable", y=x, axis=1)


def rmsnorm_scale():
    x = _uniform(22, 3, 5)

    def wanted(got):
        """a Scale of rank 0 is that of every element"""
        return bool(np.allclose(got["y"], 2 * x / np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-5), atol=1e-3))
    return one("RMSNormalization", {"x": x, "s": np.array(2, np.float32)}, wanted, "RMSNormalization-23, scale: unidirectionally broadcastable", 23, y=x)


def logsoftmax_large():
    x = np.full((3, 5), 1.7014117e38, np.float32)
    return one("LogSoftmax", {"x": x}, lambda got: bool(np.allclose(got["y"], -np.log(5), atol=1e-5)), "LogSoftmax: of five that are equal, -log 5", y=x)


def resize_crop():
    x = np.arange(25, dtype=np.float32).reshape(1, 1, 5, 5)
    roi, sizes = f32(0, 0, 0.25, 0.25, 1, 1, 0.75, 0.75), np.array([1, 1, 2, 2])
    made = helper.make_node("Resize", ["x", "roi", "", "sizes"], ["y"], name="n0", mode="linear", coordinate_transformation_mode="tf_crop_and_resize")
    initializers = [numpy_helper.from_array(roi, "roi"), numpy_helper.from_array(sizes, "sizes")]
    wanted = {"y": f32(6, 8, 16, 18).reshape(1, 1, 2, 2)}
    return Finding(model([made], {"x": x}, wanted, 13, initializers), {"x": x}, wanted, "Resize-13, tf_crop_and_resize: the corners of the inner three by three")


def maxpool_infinity():
    x = np.full((1, 1, 1, 3), -INFINITY)
    return one("MaxPool", {"x": x}, {"y": x}, "MaxPool: the maximum of a window of one", kernel_shape=[1, 1])


def matmulinteger_inner_0():
    feeds = {"a": np.zeros((3, 0), np.uint8), "b": np.zeros((0, 4), np.uint8)}
    return one("MatMulInteger", feeds, {"y": np.zeros((3, 4), np.int32)}, "MatMulInteger: the sum of no products is 0")


if __name__ == "__main__":
    main("CUDAExecutionProvider", FORMS | functions(globals()))
