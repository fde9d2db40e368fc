"""A Cast from a packed type between other Casts writes over its input before it has read it all. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Cast", ["x"], ["p"], to=TensorProto.INT4),
     helper.make_node("Cast", ["p"], ["t"], to=TensorProto.FLOAT8E4M3FN),
     helper.make_node("Cast", ["t"], ["y"], to=TensorProto.FLOAT)], "g",
    [helper.make_tensor_value_info("x", TensorProto.INT8, [6])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [6])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 25)], ir_version=12)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([1, 0, 1, 1, 0, -1], np.int8)})[0]
print("got", y, "expected [1. 0. 1. 1. 0. -1.]")
raise SystemExit(0 if y.tolist() != [1, 0, 1, 1, 0, -1] else 1)
