"""Shrink calculates every type in float32: float64 and wide integers lose digits. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

wrong = []
for element, x, want in (
        (TensorProto.DOUBLE, np.array([1 + 2.0**-40]), [1 + 2.0**-40]),
        (TensorProto.INT32, np.array([-2**31 + 1], np.int32), [-2**31 + 1]),
        (TensorProto.UINT32, np.array([2**32 - 2], np.uint32), [2**32 - 2])):
    graph = helper.make_graph(
        [helper.make_node("Shrink", ["x"], ["y"])], "g", [helper.make_tensor_value_info("x", element, [1])],
        [helper.make_tensor_value_info("y", element, [1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    y = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
    wrong.append(y.tolist() != want)
    print(x.dtype, "got", y.tolist(), "expected", want)
raise SystemExit(0 if all(wrong) else 1)
