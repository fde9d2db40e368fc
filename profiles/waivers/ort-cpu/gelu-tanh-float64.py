"""Gelu with approximate="tanh" has float32 accuracy on float64. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

x = np.linspace(-3, 3, 1001)
graph = helper.make_graph(
    [helper.make_node("Gelu", ["x"], ["y"], approximate="tanh")], "g",
    [helper.make_tensor_value_info("x", TensorProto.DOUBLE, x.shape)],
    [helper.make_tensor_value_info("y", TensorProto.DOUBLE, x.shape)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
y = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
expected = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
error = abs(y - expected).max()
print(f"largest error {error:.3g}, expected below 1e-14")
raise SystemExit(0 if error > 1e-12 else 1)
