"""Gather of strings copies the first string of each row and leaves the others empty. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Gather", ["x", "i"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.STRING, [2, 3]),
     helper.make_tensor_value_info("i", TensorProto.INT64, [1])],
    [helper.make_tensor_value_info("y", TensorProto.STRING, [1, 3])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([["a", "b", "c"], ["d", "e", "f"]], object), "i": np.array([1])})[0]
print("got", y.tolist(), "expected [['d', 'e', 'f']]")
raise SystemExit(0 if y.tolist() != [["d", "e", "f"]] else 1)
