"""Cast of infinity to the float8 types with unsigned zero saturates at opset 19 to 23, where the tables of these versions say NaN. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Cast", ["x"], ["t"], to=TensorProto.FLOAT8E4M3FNUZ, saturate=1),
     helper.make_node("Cast", ["t"], ["y"], to=TensorProto.FLOAT)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([np.inf, -np.inf], np.float32)})[0]
print("got", y, "expected [nan nan]")
raise SystemExit(0 if not np.isnan(y).all() else 1)
