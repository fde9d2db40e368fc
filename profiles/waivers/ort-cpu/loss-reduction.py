"""NegativeLogLikelihoodLoss and SoftmaxCrossEntropyLoss run with a reduction that is none of none, sum and mean. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

ran = []
for operator in ("NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss"):
    graph = helper.make_graph(
        [helper.make_node(operator, ["x", "t"], ["y"], reduction="max")], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3, 5]),
         helper.make_tensor_value_info("t", TensorProto.INT64, [3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    try:
        session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        y = session.run(None, {"x": np.ones((3, 5), np.float32), "t": np.array([0, 1, 2])})[0]
        ran.append(True)
        print(operator, "got", y, "expected a rejection")
    except Exception as rejected:
        ran.append(False)
        print(operator, "rejected:", rejected)
raise SystemExit(0 if all(ran) else 1)
