"""ONNX Runtime 1.32.0's CPU provider against ONNX's text. Environment: ../python/requirements-ort.txt and onnx. See ../FINDINGS.md."""
import numpy as np
import onnxruntime
from onnx import helper, numpy_helper
from shared import chain, f32, functions, main, one

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


if __name__ == "__main__":
    main("ONNX Runtime " + onnxruntime.__version__, run, functions(globals()))
