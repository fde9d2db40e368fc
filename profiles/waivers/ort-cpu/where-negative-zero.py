"""Where gives +0 where it selects an element that is -0. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

info = helper.make_tensor_value_info
graph = helper.make_graph(
    [helper.make_node("Where", ["c", "a", "b"], ["y"])], "g",
    [info("c", TensorProto.BOOL, [2]), info("a", TensorProto.FLOAT, [2]), info("b", TensorProto.FLOAT, [2])],
    [info("y", TensorProto.FLOAT, [2])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"c": np.array([True, True]), "a": np.array([-0.0, 1], np.float32), "b": np.ones(2, np.float32)})[0]
print("got", y, "expected [-0. 1.]")
raise SystemExit(0 if not np.signbit(y[0]) else 1)
