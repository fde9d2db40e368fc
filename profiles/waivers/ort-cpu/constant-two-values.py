"""Constant with both value and value_int loads and runs; exactly one may be given. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

value = helper.make_tensor("v", TensorProto.FLOAT, [2], [1, 2])
graph = helper.make_graph(
    [helper.make_node("Constant", [], ["y"], value=value, value_int=1)], "g", [],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
print("ran and gave", session.run(None, {})[0], "expected a rejection")
raise SystemExit(0)
