"""Resize with tf_crop_and_resize and scales ignores the region in the output's shape. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Resize", ["x", "roi", "scales"], ["y"], mode="linear",
                      coordinate_transformation_mode="tf_crop_and_resize")], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 8, 8])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    [helper.make_tensor("roi", TensorProto.FLOAT, [8], [0, 0, 0.25, 0.25, 1, 1, 0.75, 0.75]),
     helper.make_tensor("scales", TensorProto.FLOAT, [4], [1, 1, 2, 2])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
shape = session.run(None, {"x": np.zeros((1, 1, 8, 8), np.float32)})[0].shape
print("got", shape, "expected (1, 1, 8, 8): floor(8 * (0.75 - 0.25) * 2)")
raise SystemExit(0 if shape != (1, 1, 8, 8) else 1)
