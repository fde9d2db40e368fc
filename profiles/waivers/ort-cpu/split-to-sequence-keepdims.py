"""SplitToSequence squeezes with keepdims = 0 though split is given, where ONNX says that keepdims is then ignored. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("SplitToSequence", ["x", "s"], ["t"], keepdims=0),
     helper.make_node("SequenceAt", ["t", "p"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3, 2]),
     helper.make_tensor_value_info("s", TensorProto.INT64, []),
     helper.make_tensor_value_info("p", TensorProto.INT64, [])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.ones((3, 2), np.float32), "s": np.array(1), "p": np.array(0)})[0]
print("got shape", y.shape, "expected (1, 2)")
raise SystemExit(0 if y.shape != (1, 2) else 1)
