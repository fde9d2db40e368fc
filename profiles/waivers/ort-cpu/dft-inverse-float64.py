"""The inverse DFT of float64 is good to float32 alone where the length is no power of two. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("DFT", ["x"], ["y"], axis=1, inverse=1)], "g",
    [helper.make_tensor_value_info("x", TensorProto.DOUBLE, [1, 3, 2])],
    [helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
x = np.array([[[3.0, 0], [0, 0], [0, 0]]])
y = session.run(None, {"x": x})[0][0, 0, 0]
print("got", repr(y), "expected 1.0")
raise SystemExit(0 if abs(y - 1) > 1e-12 else 1)
