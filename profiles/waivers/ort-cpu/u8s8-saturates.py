"""Products of uint8 and int8 are added two by two at 16 bits with saturation on x86 processors without VNNI: by MatMulInteger, and by a MatMul
between DequantizeLinear and QuantizeLinear at the default optimisation level. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper

flags = next((line.split() for line in open("/proc/cpuinfo") if line.startswith("flags")), [])
if "avx2" not in flags or "avx_vnni" in flags or "avx512_vnni" in flags:
    print("only processors with AVX2 and without VNNI show it")
    raise SystemExit(77)


def run(graph, opset, ir, feeds, level=ort.GraphOptimizationLevel.ORT_ENABLE_ALL):
    options = ort.SessionOptions()
    options.graph_optimization_level = level
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=ir)
    session = ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, feeds)[0]


alone = helper.make_graph(
    [helper.make_node("MatMulInteger", ["a", "b"], ["y"])], "g",
    [helper.make_tensor_value_info("a", TensorProto.UINT8, [1, 4]),
     helper.make_tensor_value_info("b", TensorProto.INT8, [4, 1])],
    [helper.make_tensor_value_info("y", TensorProto.INT32, [1, 1])])
y = run(alone, 17, 8, {"a": np.full((1, 4), 255, np.uint8), "b": np.full((4, 1), 127, np.int8)})
print("MatMulInteger: got", y.item(), "expected", 4 * 255 * 127)

constants = {"xs": np.float32(1), "xz": np.uint8(0), "w": np.full((2, 1), 127, np.int8), "ws": np.float32(1), "wz": np.int8(0),
             "ys": np.float32(256), "yz": np.uint8(0)}
unit = helper.make_graph(
    [helper.make_node("DequantizeLinear", ["x", "xs", "xz"], ["xr"]), helper.make_node("DequantizeLinear", ["w", "ws", "wz"], ["wr"]),
     helper.make_node("MatMul", ["xr", "wr"], ["r"]), helper.make_node("QuantizeLinear", ["r", "ys", "yz"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.UINT8, [1, 2])], [helper.make_tensor_value_info("y", TensorProto.UINT8, [1, 1])],
    [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()])
feeds = {"x": np.full((1, 2), 255, np.uint8)}
q = run(unit, 21, 10, feeds)
plain = run(unit, 21, 10, feeds, ort.GraphOptimizationLevel.ORT_DISABLE_ALL)
print("MatMul of dequantised codes: got", q.item(), "expected", round(2 * 255 * 127 / 256), "without optimisation", plain.item())
raise SystemExit(0 if y.item() != 4 * 255 * 127 and q.item() != round(2 * 255 * 127 / 256) else 1)
