"""QuantizeLinear of float16 truncates the quotient toward zero instead of rounding it to nearest even. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("QuantizeLinear", ["x", "scale", "zero"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT16, [4])],
    [helper.make_tensor_value_info("y", TensorProto.UINT8, [4])],
    [helper.make_tensor("scale", TensorProto.FLOAT16, [], [0.5]), helper.make_tensor("zero", TensorProto.UINT8, [], [131])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
x = np.array([0.99, 0.49, -0.99, 6.94], np.float16)
y = session.run(None, {"x": x})[0]
expected = np.rint(x.astype(np.float64) / 0.5) + 131
print("got", y, "expected", expected)
raise SystemExit(0 if (y != expected).any() else 1)
