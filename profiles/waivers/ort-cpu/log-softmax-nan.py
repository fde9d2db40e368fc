"""LogSoftmax of float64 does not give NaN for a row that holds a NaN. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("LogSoftmax", ["x"], ["y"], axis=-1)], "g",
    [helper.make_tensor_value_info("x", TensorProto.DOUBLE, [1, 4])],
    [helper.make_tensor_value_info("y", TensorProto.DOUBLE, [1, 4])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([[1.0, np.nan, 2.0, 3.0]])})[0]
print("got", y, "expected NaN throughout")
raise SystemExit(0 if not np.isnan(y).all() else 1)
