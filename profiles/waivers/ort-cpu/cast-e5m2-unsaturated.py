"""Cast to float8e5m2 without saturation gives NaN for numbers between its largest one and 2^17, where ONNX says infinity. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Cast", ["x"], ["t"], to=TensorProto.FLOAT8E5M2, saturate=0),
     helper.make_node("Cast", ["t"], ["y"], to=TensorProto.FLOAT)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([65504, -65504, 1e9], np.float32)})[0]
print("got", y, "expected [inf -inf inf]")
raise SystemExit(0 if y.tolist() != [np.inf, -np.inf, np.inf] else 1)
