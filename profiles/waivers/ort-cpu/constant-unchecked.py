"""Constant takes an attribute that it does not have for its value, and an input. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

value = helper.make_tensor("v", TensorProto.FLOAT, [2], [1, 2])
nodes = {
    "an unknown attribute": helper.make_node("Constant", [], ["y"], value=value, no_such_attribute=1),
    "an attribute of another kind": helper.make_node("Constant", [], ["y"], value=value, value_float=1),
    "an input": helper.make_node("Constant", ["x"], ["y"], value=value),
}
for what, node in nodes.items():
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])]
    graph = helper.make_graph([node], "g", inputs, [helper.make_empty_tensor_value_info("y")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    print(what, "ran and gave", session.run(None, {"x": np.ones(1, np.float32)})[0], "expected a rejection")
raise SystemExit(0)
