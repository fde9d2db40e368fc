"""PRelu broadcasts X to a larger slope; the text has the slope broadcast to X alone. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("PRelu", ["x", "slope"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2]),
     helper.make_tensor_value_info("slope", TensorProto.FLOAT, [3, 2])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["p", "q"])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": -np.ones((1, 2), np.float32), "slope": np.ones((3, 2), np.float32)})[0]
print("ran and gave shape", y.shape, "for X of shape (1, 2), expected a rejection")
raise SystemExit(0 if y.shape == (3, 2) else 1)
