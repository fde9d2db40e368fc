"""NonMaxSuppression removes a box whose score equals the threshold. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("NonMaxSuppression", ["boxes", "scores", "most", "overlap", "least"], ["y"])], "g",
    [helper.make_tensor_value_info("boxes", TensorProto.FLOAT, [1, 1, 4]),
     helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 1, 1])],
    [helper.make_tensor_value_info("y", TensorProto.INT64, None)],
    [helper.make_tensor("most", TensorProto.INT64, [1], [1]),
     helper.make_tensor("overlap", TensorProto.FLOAT, [1], [0.5]),
     helper.make_tensor("least", TensorProto.FLOAT, [1], [0.75])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"boxes": np.array([[[0, 0, 1, 1]]], np.float32), "scores": np.array([[[0.75]]], np.float32)})[0]
print("got", y.tolist(), "expected [[0, 0, 0]]: boxes with a score less than the threshold are removed")
raise SystemExit(0 if len(y) == 0 else 1)
