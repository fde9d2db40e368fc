"""Pad rejects axes of type int32, which its schema allows. Needs onnx, onnxruntime, numpy."""
import onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Pad", ["x", "pads", "", "axes"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 3])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, 5])],
    [helper.make_tensor("pads", TensorProto.INT64, [2], [1, 1]), helper.make_tensor("axes", TensorProto.INT32, [1], [1])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
try:
    ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    raise SystemExit(1)
except ort.capi.onnxruntime_pybind11_state.Fail as rejected:
    print("rejected:", str(rejected)[:160], "expected to run")
