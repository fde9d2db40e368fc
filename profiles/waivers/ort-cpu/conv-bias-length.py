"""Conv of three maps takes a bias of two numbers, and reads the third behind them. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

shapes = {"x": (1, 2, 5, 6), "w": (3, 2, 3, 2), "b": (2,)}
graph = helper.make_graph(
    [helper.make_node("Conv", ["x", "w", "b"], ["y"])], "g",
    [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items()],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
try:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    feeds = {n: np.zeros(s, np.float32) for n, s in shapes.items()}
    feeds["b"] = np.array([1, 2, 777], np.float32)[:2]  # 777 lies behind the bias in memory.
    y = session.run(None, feeds)[0]
    print("ran and gave the maps", y[0, :, 0, 0], "of zeros, expected a rejection")
except Exception as rejected:
    print(rejected)
    raise SystemExit(1)
