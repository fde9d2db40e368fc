"""ONNX Runtime 1.32.0's CPU provider against ONNX's text. Environment: ../python/requirements-ort.txt and onnx. See ../FINDINGS.md."""
import numpy as np
import onnxruntime
from onnx import helper, numpy_helper
from shared import chain, f32, functions, main, node, one

INFINITY = np.float32(np.inf)


def run(bytes_, feeds):
    session = onnxruntime.InferenceSession(bytes_, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, feeds)))


def tree_ensemble_softmax():
    numbers = lambda kind, *values: numpy_helper.from_array(np.array(values, kind))
    tree = helper.make_node(
        "TreeEnsemble", ["x"], ["y"], domain="ai.onnx.ml", n_targets=2, tree_roots=[0], nodes_modes=numbers(np.uint8, 0), nodes_featureids=[0],
        nodes_splits=numbers(np.float32, 0.5), nodes_truenodeids=[0], nodes_trueleafs=[1], nodes_falsenodeids=[1], nodes_falseleafs=[1],
        leaf_targetids=[0, 1], leaf_weights=numbers(np.float32, 1, 2), post_transform=1)

    def wanted(got):
        """softmax of (1, 0) is (0.731, 0.269)"""
        return bool(np.allclose(got["y"], [[0.7310586, 0.2689414]], atol=1e-5))
    text = "ai.onnx.ml.TreeEnsemble, post_transform: 1 is SOFTMAX, 2 is LOGISTIC"
    return chain([tree], {"x": f32([0])}, wanted, text, 21, y=np.zeros((1, 2), np.float32), domains=[("ai.onnx.ml", 5)])


def maxpool_infinity():
    x = np.full((1, 1, 2, 2), -INFINITY)
    return one("MaxPool", {"x": x}, {"y": np.full((1, 1, 1, 1), -INFINITY)}, "MaxPool, summary: the maximum of the window", kernel_shape=[2, 2])


def expand_shape_rank():
    x = np.ones((3, 4), np.float32)
    return one("Expand", {"x": x}, "a refusal", "Expand, input shape: a 1-D tensor", y=x, constants={"s": np.array([[3, 4]])})


def stft_window_rank():
    feeds = {"x": np.ones((1, 64, 1), np.float32), "step": np.array(8), "window": np.ones((16, 1), np.float32)}
    return one("STFT", feeds, "a refusal", "STFT, input window: one-dimensional", y=np.zeros((1, 1, 1, 1), np.float32))


def stft_odd():
    """A frame of an odd length. The same algorithm (Bluestein) in float32, its angles rounded once, is within a seventh of this."""
    x, window = (np.random.default_rng(s).uniform(-8, 8, n).astype(np.float32) for s, n in ((1, 9), (2, 9)))
    window = np.abs(window) / 8
    true = np.fft.rfft(x.astype(np.float64) * window)
    scale = np.sqrt(np.sum((x.astype(np.float64) * window) ** 2))

    def wanted(got):
        """within 16 units of 2**-24 of the root of the sum of squares of the frame"""
        return bool(np.max(np.abs(got["y"][0, 0, :, 0] + 1j * got["y"][0, 0, :, 1] - true)) <= 16 * 2.0**-24 * scale)
    feeds = {"x": x.reshape(1, 9, 1), "step": np.array(4), "window": window}
    return one("STFT", feeds, wanted, "STFT: a DFT of each frame; tolerance of this standard", y=np.zeros((1, 1, 1, 1), np.float32))


def swish_tail():
    """Not held against it: it makes Sigmoid and Mul of it, as ONNX's function body does, and five times the absolute error of Sigmoid is left."""
    def wanted(got):
        """-0.033464254 within 16 units in the last place"""
        true = -5 / (1 + np.exp(5.0))
        return abs(float(got["y"][0]) - true) <= 16 * 2.0**-24 * abs(true)
    return one("Swish", {"x": f32(*[-5] * 25)}, wanted, "Swish: x * sigmoid(alpha * x); tolerance of this standard", 24, y=f32(0))



def cast_infinity_fnuz():
    """Not held against it: Cast-24 says 240, and ONNX mended the table because all did so."""
    nodes = [node("Cast", "x", "f", to=18, saturate=1), helper.make_node("Cast", ["f"], ["y"], to=1)]
    return chain(nodes, {"x": f32(np.inf, 1)}, {"y": f32(np.nan, 1)}, "Cast-19 to Cast-23, table of float 8, row Inf", 21)


def shrink_float64():
    return one("Shrink", {"x": np.array([1 + 2.0**-40, -3.0])}, {"y": np.array([1 + 2.0**-40, -3.0])}, "Shrink, type constraint T: in float64", lambd=0.5)


def pad_axes_int32():
    constants = {"pads": np.array([1, 0]), "value": np.array(0, np.float32), "axes": np.array([0], np.int32)}
    return one("Pad", {"x": f32(1, 2)}, {"y": f32(0, 1, 2)}, "Pad-18, type constraint Tind: tensor(int32)", 18, seen="ParseData", constants=constants)


def string_split_tab():
    y = np.array([["a", "b"]], object)
    made = helper.make_node("StringSplit", ["x"], ["y", "n"], name="n0")
    return chain([made], {"x": np.array(["a\tb"], object)}, {"y": y, "n": np.array([2])}, "StringSplit-20: consecutive white space where the delimiter is left out", 20)


def sum_omitted():
    made = helper.make_node("Sum", ["x", "", "x"], ["y"], name="n0")
    return chain([made], {"x": f32(1, 2)}, "a refusal", "Sum: no empty name among the variadic inputs, which onnx.checker takes; ROB-OMITTED-VARIADIC: a result or a refusal",
                 seen="died", y=f32(0))


if __name__ == "__main__":
    main("ONNX Runtime " + onnxruntime.__version__, run, functions(globals()))
