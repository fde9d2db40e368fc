"""Attention of float64 gives NaN for a row whose mask is False throughout, where ONNX says 0. Needs onnx, onnxruntime, numpy."""
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


q = np.ones((1, 1, 1, 2))
node = helper.make_node("Attention", ["q", "k", "v", "m"], ["y"])
y = run("", 23, node, {"q": q, "k": q, "v": q, "m": np.array([[False]])}, [("y", 11)])[0]
print("got", y.ravel(), "expected [0. 0.]")
raise SystemExit(0 if np.isnan(y).any() else 1)
