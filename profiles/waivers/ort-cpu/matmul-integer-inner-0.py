"""MatMulInteger over an inner axis of size 0 returns memory that nothing wrote to, instead of zeros. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("MatMulInteger", ["a", "b"], ["y"])], "g",
    [helper.make_tensor_value_info("a", TensorProto.UINT8, [3, "k"]),
     helper.make_tensor_value_info("b", TensorProto.UINT8, ["k", 4])],
    [helper.make_tensor_value_info("y", TensorProto.INT32, [3, 4])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
run = lambda k: session.run(None, {"a": np.full((3, k), 7, np.uint8), "b": np.full((k, 4), 11, np.uint8)})[0]
run(5)
y = run(0)
print("got", y, "expected zeros")
raise SystemExit(0 if y.any() else 1)
