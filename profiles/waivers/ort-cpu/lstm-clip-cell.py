"""LSTM does not clip the cell where it is the input of the activation h; ONNX clips the input of activations. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper


def run(domain, version, node, feeds, outputs):
    kinds = {np.dtype(np.float32): 1, np.dtype(np.float64): 11, np.dtype(object): 8, np.dtype(np.int64): 7, np.dtype(bool): 9}
    inputs = [helper.make_tensor_value_info(k, kinds[v.dtype], v.shape) for k, v in feeds.items()]
    results = [helper.make_tensor_value_info(k, t, None) for k, t in outputs]
    for r in results:
        r.type.tensor_type.ClearField("shape")
    graph = helper.make_graph([node], "g", inputs, results)
    sets = [helper.make_opsetid("", 21)] + [helper.make_opsetid(domain, version)] if domain else [helper.make_opsetid("", version)]
    model = helper.make_model(graph, opset_imports=sets, ir_version=10)
    return ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, feeds)


zero = np.zeros((1, 4, 1), np.float32)
cell = np.full((1, 1, 1), 8, np.float32)
node = helper.make_node("LSTM", ["x", "w", "r", "", "", "", "c"], ["y"], hidden_size=1, clip=0.5)
y = run("", 17, node, {"x": np.zeros((1, 1, 1), np.float32), "w": zero, "r": zero, "c": cell}, [("y", 1)])[0]
expected = 0.5 * np.tanh(0.5)
print("got", y.ravel(), "expected", expected)
raise SystemExit(0 if abs(y.ravel()[0] - expected) > 0.01 else 1)
