"""LRN keeps a sliding sum over the channels, so that a NaN stays in it and a large square leaves its rounding error behind. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

def lrn(x, size):
    graph = helper.make_graph(
        [helper.make_node("LRN", ["x"], ["y"], size=size, alpha=0.5)], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, x.shape)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]

y = lrn(np.array([np.nan, 1, 1, 1, 1], np.float32).reshape(1, 5, 1, 1), 3).ravel()
print("got", y, "expected NaN in the first two channels alone")
x = np.array([1000.1, 0.3], np.float32).reshape(1, 2, 1, 1)
z = lrn(x, 1).ravel()
expected = 0.3 / (1 + 0.5 * 0.09) ** 0.75
print("got", z[1], "expected", expected, "relative error", abs(z[1] - expected) / expected)
raise SystemExit(0 if np.isnan(y[3]) and abs(z[1] - expected) > 1e-5 * expected else 1)
