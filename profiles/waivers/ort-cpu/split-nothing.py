"""Split does not take an axis of extent 0 into num_outputs parts. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Split", ["x"], ["a", "b"], axis=0, num_outputs=2)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [0, 2])],
    [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in "ab"])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
try:
    print("got", [part.shape for part in session.run(None, {"x": np.zeros((0, 2), np.float32)})])
    raise SystemExit(1)
except ort.capi.onnxruntime_pybind11_state.Fail as e:
    print("got", e, "expected two parts of shape (0, 2)")
    raise SystemExit(0)
