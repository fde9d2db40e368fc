"""Cast to bool takes the bits of an 8-bit float for an integer: −0 gives true, 2^-127 of float8e8m0 gives false. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Cast", ["x"], ["t"], to=TensorProto.FLOAT8E4M3FN),
     helper.make_node("Cast", ["t"], ["y"], to=TensorProto.BOOL)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3])],
    [helper.make_tensor_value_info("y", TensorProto.BOOL, [3])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([0.0, -0.0, 1.0], np.float32)})[0]
print("got", y, "expected [False False True]")
raise SystemExit(0 if y.tolist() != [False, False, True] else 1)
