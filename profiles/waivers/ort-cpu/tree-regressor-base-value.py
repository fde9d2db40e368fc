"""TreeEnsembleRegressor leaves the base value out of a target that no leaf votes for. Needs onnx, onnxruntime, numpy."""
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


node = helper.make_node(
    "TreeEnsembleRegressor", ["x"], ["y"], domain="ai.onnx.ml", n_targets=2, base_values=[0.5, -1.5],
    nodes_treeids=[0, 0, 0], nodes_nodeids=[0, 1, 2], nodes_featureids=[0, 0, 0], nodes_values=[0.0, 0.0, 0.0],
    nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"], nodes_truenodeids=[1, 0, 0], nodes_falsenodeids=[2, 0, 0],
    target_treeids=[0, 0], target_nodeids=[1, 2], target_ids=[0, 1], target_weights=[1.0, 2.0])
y = run("ai.onnx.ml", 3, node, {"x": np.zeros((1, 1), np.float32)}, [("y", 1)])[0]
print("got", y.ravel(), "expected [1.5 -1.5]")
raise SystemExit(0 if y.ravel()[1] != -1.5 else 1)
