"""Imputer takes the second axis for the features of a tensor of rank 3 and does not refuse a list of a wrong length. Needs onnx, onnxruntime, numpy."""
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


x = np.zeros((1, 2, 3), np.float32)
node = helper.make_node(
    "Imputer", ["x"], ["y"], domain="ai.onnx.ml", imputed_value_floats=[1.0, 2.0, 3.0], replaced_value_float=0.0)
y = run("ai.onnx.ml", 1, node, {"x": x}, [("y", 1)])[0]
node.attribute[0].floats.pop()
short = run("ai.onnx.ml", 1, node, {"x": x[0]}, [("y", 1)])[0]
print("got", y.ravel(), "expected [1 2 3 1 2 3]; two values for three features ran and gave", short.ravel())
raise SystemExit(0 if list(y.ravel()) != [1, 2, 3, 1, 2, 3] else 1)
