"""ReduceSum, ReduceMean, ReduceProd, ReduceL1 and Pow of int64 lose what float64 cannot hold. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

big = 311308614554811687


def run(operator, inputs, initializers, **attributes):
    graph = helper.make_graph(
        [helper.make_node(operator, ["x"] + [t.name for t in initializers], ["y"], **attributes)], "g",
        [helper.make_tensor_value_info("x", TensorProto.INT64, [len(inputs)])],
        [helper.make_empty_tensor_value_info("y")], initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": np.array(inputs, np.int64)})[0]


axes = helper.make_tensor("axes", TensorProto.INT64, [1], [0])
one = helper.make_tensor("one", TensorProto.INT64, [1], [1])
results = {
    "ReduceSum": run("ReduceSum", [big, 0], [axes], keepdims=0),
    "ReduceMean": run("ReduceMean", [big, big], [], axes=[0], keepdims=0),
    "ReduceProd": run("ReduceProd", [big, 1], [], axes=[0], keepdims=0),
    "ReduceL1": run("ReduceL1", [big, 0], [], axes=[0], keepdims=0),
    "Pow": run("Pow", [big], [one]),
}
for operator, y in results.items():
    print(operator, int(np.ravel(y)[0]), "expected", big)
raise SystemExit(0 if any(int(np.ravel(y)[0]) != big for y in results.values()) else 1)
