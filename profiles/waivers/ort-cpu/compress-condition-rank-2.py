"""Compress takes a condition of rank 2, where ONNX asks for rank 1. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Compress", ["x", "c"], ["y"], axis=0)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3, 2]),
     helper.make_tensor_value_info("c", TensorProto.BOOL, [1, 3])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
try:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    y = session.run(None, {"x": np.ones((3, 2), np.float32), "c": np.array([[True, False, True]])})[0]
    print("got a result of shape", y.shape, "expected a rejection")
except Exception as rejected:
    print("rejected:", rejected)
    raise SystemExit(1)
