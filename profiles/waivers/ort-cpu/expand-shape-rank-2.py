"""Expand runs with an initializer of rank 2 as its shape; ONNX asks for a 1-D tensor. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Expand", ["x", "shape"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3, 1])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["p", "q"])],
    [helper.make_tensor("shape", TensorProto.INT64, [1, 2], [3, 4])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.ones((3, 1), np.float32)})[0]
print("ran and gave shape", y.shape, "expected a rejection")
raise SystemExit(0)
