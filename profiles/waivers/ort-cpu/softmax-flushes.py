"""Softmax gives 0 for a result below the smallest normal float32 where AVX-512 is missing. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

flags = next((line.split() for line in open("/proc/cpuinfo") if line.startswith("flags")), [])
if "avx2" not in flags or "avx512f" in flags:
    print("only processors with AVX2 and without AVX-512 show it")
    raise SystemExit(77)
graph = helper.make_graph(
    [helper.make_node("Softmax", ["x"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 2])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"x": np.array([[0, -89]], np.float32)})[0]
print("got", y[0, 1], "expected about", np.exp(-89.0))
raise SystemExit(0 if y[0, 1] == 0 else 1)
