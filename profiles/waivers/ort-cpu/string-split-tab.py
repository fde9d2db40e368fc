"""StringSplit without a delimiter does not take a tab for white space. Needs onnx, onnxruntime, numpy."""
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


node = helper.make_node("StringSplit", ["x"], ["y", "n"])
y, n = run("", 20, node, {"x": np.array(["a\tb"], object)}, [("y", 8), ("n", 7)])
print("got", y, n, "expected [['a' 'b']] [2]")
raise SystemExit(0 if n[0] != 2 else 1)
