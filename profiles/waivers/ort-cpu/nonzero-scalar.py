"""NonZero of a scalar gives [1, N], where ONNX says [0, N]. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("NonZero", ["x"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [])],
    [helper.make_tensor_value_info("y", TensorProto.INT64, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array(1, np.float32)})[0]
print("got shape", y.shape, "expected (0, 1)")
raise SystemExit(0 if y.shape != (0, 1) else 1)
