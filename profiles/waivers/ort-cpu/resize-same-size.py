"""Resize to the extents that X has gives X, though tf_crop_and_resize reads a part of it alone. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Resize", ["x", "roi", "", "sizes"], ["y"], mode="linear",
                      coordinate_transformation_mode="tf_crop_and_resize")], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 1, 3])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    [helper.make_tensor("roi", TensorProto.FLOAT, [8], [0, 0, 0, 0, 1, 1, 1, 0.5]),
     helper.make_tensor("sizes", TensorProto.INT64, [4], [1, 1, 1, 3])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([[[[0, 2, 4]]]], np.float32)})[0].ravel()
print("got", y, "expected [0. 1. 2.]: the first half of X")
raise SystemExit(0 if y.tolist() != [0, 1, 2] else 1)
