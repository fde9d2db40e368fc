"""MeanVarianceNormalization runs with an axis beyond the rank. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("MeanVarianceNormalization", ["x"], ["y"], axes=[0, 2, 4])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 3, 4, 5])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, 3, 4, 5])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
try:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    y = session.run(None, {"x": np.random.default_rng(0).random((2, 3, 4, 5), np.float32)})[0]
    print("got a result of shape", y.shape, "expected a rejection: axis 4 of a tensor of rank 4")
    raise SystemExit(0)
except ort.capi.onnxruntime_pybind11_state.Fail as rejected:
    print("rejected:", rejected)
    raise SystemExit(1)
