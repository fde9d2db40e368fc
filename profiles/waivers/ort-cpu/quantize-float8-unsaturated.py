"""QuantizeLinear to float8e4m3fn with saturate 0 gives 448 for some values out of range: ONNX's table says NaN."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

x = np.array([470, 481, 500], np.float32)
graph = helper.make_graph(
    [helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"], saturate=0),
     helper.make_node("Cast", ["q"], ["y"], to=TensorProto.FLOAT)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3])],
    [helper.make_tensor("s", TensorProto.FLOAT, [], [1.0]), helper.make_tensor("z", TensorProto.FLOAT8E4M3FN, [], [0])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 19)], ir_version=9)
y = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
print("quantised", x, "to", y, "expected nan for each")
raise SystemExit(0 if not np.isnan(y).all() else 1)
