"""GRU with an infinite input: its gates, which are 0 and 1 there, are off in all elements alike. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

draw = np.random.default_rng(7)
steps, batch, size, hidden = 4, 3, 5, 7
x = draw.uniform(-1, 1, (steps, batch, size)).astype(np.float32)
x[0, :, 0] = [np.inf, -np.inf, np.finfo(np.float32).max]
w = draw.uniform(-0.6, 0.6, (1, 3 * hidden, size)).astype(np.float32)
r = draw.uniform(-0.6, 0.6, (1, 3 * hidden, hidden)).astype(np.float32)
info = helper.make_tensor_value_info
graph = helper.make_graph(
    [helper.make_node("GRU", ["x", "w", "r"], ["y"], hidden_size=hidden)], "g",
    [info(n, TensorProto.FLOAT, a.shape) for n, a in (("x", x), ("w", w), ("r", r))],
    [info("y", TensorProto.FLOAT, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": x, "w": w, "r": r})[0][0, 0].astype(np.float64)


def sigmoid(a):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-a))


wide = x[0].astype(np.float64) @ w[0].T.astype(np.float64)
z, h = sigmoid(wide[:, :hidden]), np.tanh(wide[:, 2 * hidden:])
right = (1 - z) * h
error = (y - right) / 2.0 ** -24
print("first step: error in half ulps of 1, RMS", round(float(np.sqrt(np.mean(error**2))), 2), "largest", np.abs(error).max())
print(error)
raise SystemExit(0 if np.sqrt(np.mean(error**2)) > 1.5 else 1)
