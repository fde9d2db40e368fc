"""MatMulInteger of uint8 and int8 saturates pairs of products at 16 bits on x86 processors without VNNI. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

flags = next((line.split() for line in open("/proc/cpuinfo") if line.startswith("flags")), [])
if "avx2" not in flags or "avx_vnni" in flags or "avx512_vnni" in flags:
    print("only processors with AVX2 and without VNNI show it")
    raise SystemExit(77)
graph = helper.make_graph(
    [helper.make_node("MatMulInteger", ["a", "b"], ["y"])], "g",
    [helper.make_tensor_value_info("a", TensorProto.UINT8, [1, 4]),
     helper.make_tensor_value_info("b", TensorProto.INT8, [4, 1])],
    [helper.make_tensor_value_info("y", TensorProto.INT32, [1, 1])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
y = session.run(None, {"a": np.full((1, 4), 255, np.uint8), "b": np.full((4, 1), 127, np.int8)})[0]
print("got", y.item(), "expected", 4 * 255 * 127)
raise SystemExit(0 if y.item() != 4 * 255 * 127 else 1)
