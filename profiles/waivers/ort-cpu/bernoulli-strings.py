"""Bernoulli gives strings, which no output of it can be. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Bernoulli", ["p"], ["y"], dtype=TensorProto.STRING)], "g",
    [helper.make_tensor_value_info("p", TensorProto.FLOAT, [3])],
    [helper.make_tensor_value_info("y", TensorProto.STRING, [3])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
print("ran and gave", session.run(None, {"p": np.full(3, 0.5, np.float32)})[0].tolist(), "expected a rejection")
raise SystemExit(0)
