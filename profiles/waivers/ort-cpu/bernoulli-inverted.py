"""Bernoulli gives 1 with probability 1 - p: p = 0 gives ones. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Bernoulli", ["p"], ["y"])], "g",
    [helper.make_tensor_value_info("p", TensorProto.FLOAT, [20])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [20])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"p": np.repeat([0, 1], 10).astype(np.float32)})[0]
print("probability 0 gave", y[:10], "and probability 1", y[10:], "expected ten zeros and ten ones")
raise SystemExit(0 if y[:10].any() or not y[10:].all() else 1)
