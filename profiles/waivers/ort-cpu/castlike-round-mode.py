"""CastLike to float8e8m0 rounds up whatever round_mode says. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("CastLike", ["x", "l"], ["t"], round_mode="down"),
     helper.make_node("Cast", ["t"], ["y"], to=TensorProto.FLOAT)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2])],
    [helper.make_tensor("l", TensorProto.FLOAT8E8M0, [1], b"\x7f", raw=True)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 24)], ir_version=11)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([1.25, 3.0], np.float32)})[0]
print("got", y, "expected [1. 2.]")
raise SystemExit(0 if y.tolist() != [1, 2] else 1)
