"""ScatterElements and ScatterND take a reduction that ONNX does not have, and overwrite. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("ScatterElements", ["x", "i", "u"], ["y"], reduction="mean")], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3]),
     helper.make_tensor_value_info("i", TensorProto.INT64, [1]),
     helper.make_tensor_value_info("u", TensorProto.FLOAT, [1])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
try:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    y = session.run(None, {"x": np.ones(3, np.float32), "i": np.array([1]), "u": np.array([5], np.float32)})[0]
    print("got", y, "expected a rejection")
except Exception as rejected:
    print("rejected:", rejected)
    raise SystemExit(1)
