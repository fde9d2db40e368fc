"""TreeEnsemble takes 1 for LOGISTIC and 2 for SOFTMAX, where ONNX says 1 for SOFTMAX and 2 for LOGISTIC. Needs onnx, onnxruntime, numpy."""
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


t = helper.make_tensor
node = helper.make_node(
    "TreeEnsemble", ["x"], ["y"], domain="ai.onnx.ml", n_targets=1, tree_roots=[0], post_transform=2,
    nodes_modes=t("m", 2, [1], [0]), nodes_featureids=[0], nodes_splits=t("s", 1, [1], [0.0]),
    nodes_truenodeids=[0], nodes_trueleafs=[1], nodes_falsenodeids=[0], nodes_falseleafs=[1],
    leaf_targetids=[0], leaf_weights=t("w", 1, [1], [2.0]))
y = run("ai.onnx.ml", 5, node, {"x": np.zeros((1, 1), np.float32)}, [("y", 1)])[0]
print("got", y.ravel(), "expected", 1 / (1 + np.exp(-2.0)))
raise SystemExit(0 if abs(y.ravel()[0] - 1 / (1 + np.exp(-2.0))) > 0.01 else 1)
