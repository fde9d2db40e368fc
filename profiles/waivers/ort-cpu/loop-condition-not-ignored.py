"""Loop without cond stops where its body gives false, where ONNX says that the body's condition is then ignored. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

body = helper.make_graph(
    [helper.make_node("Less", ["i", "zero"], ["never"]),
     helper.make_node("Add", ["v", "one"], ["w"])], "b",
    [helper.make_tensor_value_info("i", TensorProto.INT64, []),
     helper.make_tensor_value_info("c", TensorProto.BOOL, []),
     helper.make_tensor_value_info("v", TensorProto.FLOAT, [1])],
    [helper.make_tensor_value_info("never", TensorProto.BOOL, []),
     helper.make_tensor_value_info("w", TensorProto.FLOAT, [1])],
    [helper.make_tensor("zero", TensorProto.INT64, [], [0]), helper.make_tensor("one", TensorProto.FLOAT, [], [1])])
graph = helper.make_graph(
    [helper.make_node("Loop", ["m", "", "x"], ["y"], body=body)], "g",
    [helper.make_tensor_value_info("m", TensorProto.INT64, []),
     helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"m": np.array(3), "x": np.zeros(1, np.float32)})[0]
print("got", y, "expected [3.]")
raise SystemExit(0 if y[0] != 3 else 1)
