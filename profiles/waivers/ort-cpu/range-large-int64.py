"""Range of int64 counts its elements in float64, which does not hold the bounds. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Range", ["start", "limit", "delta"], ["y"])], "g",
    [helper.make_tensor_value_info(name, TensorProto.INT64, []) for name in ("start", "limit", "delta")],
    [helper.make_tensor_value_info("y", TensorProto.INT64, ["n"])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
top = np.iinfo(np.int64).max
y = session.run(None, {"start": np.array(top - 5), "limit": np.array(top), "delta": np.array(2)})[0]
print("got", y.tolist(), "expected", [top - 5, top - 3, top - 1])
raise SystemExit(0 if y.tolist() != [top - 5, top - 3, top - 1] else 1)
