"""Attention takes a softmax_precision that is no floating-point type. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

node = helper.make_node("Attention", ["q", "k", "v"], ["y"], softmax_precision=TensorProto.INT64)
graph = helper.make_graph(
    [node], "g", [helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, 1, 2, 4]) for n in "qkv"],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23)], ir_version=10)
x = np.ones((1, 1, 2, 4), np.float32)
try:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    print("ran and gave", session.run(None, dict.fromkeys("qkv", x))[0].ravel(), "expected a rejection")
except Exception as rejected:
    print(rejected)
    raise SystemExit(1)
