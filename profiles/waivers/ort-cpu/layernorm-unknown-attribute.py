"""LayerNormalization loads with an attribute that it does not have. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

node = helper.make_node("LayerNormalization", ["x", "s"], ["y"], no_such_attribute=1)
graph = helper.make_graph(
    [node], "g",
    [helper.make_tensor_value_info(name, TensorProto.FLOAT, [3]) for name in ("x", "s")],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
print("ran and gave", session.run(None, {"x": np.float32([1, 2, 3]), "s": np.float32([1, 1, 1])})[0], "expected a rejection")
raise SystemExit(0)
