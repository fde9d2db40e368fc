"""RNN takes 0 for the alpha of ThresholdedRelu where none is given, where ONNX says the default of that operator, 1. Needs onnx, onnxruntime, numpy."""
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


one = np.full((1, 1, 1), 0.5, np.float32)
node = helper.make_node("RNN", ["x", "w", "r"], ["y"], hidden_size=1, activations=["ThresholdedRelu"])
y = run("", 17, node, {"x": one, "w": one, "r": one}, [("y", 1)])[0]
print("got", y.ravel(), "expected [0.], since 0.25 is less than 1")
raise SystemExit(0 if y.ravel()[0] != 0 else 1)
