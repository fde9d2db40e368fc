"""Swish inherits the rational approximation of Sigmoid: for negative x its relative error grows. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

worst = []
for element, dtype in ((TensorProto.FLOAT, np.float32), (TensorProto.DOUBLE, np.float64)):
    x = np.linspace(-8, -1, 701).astype(dtype)
    graph = helper.make_graph(
        [helper.make_node("Swish", ["x"], ["y"])], "g", [helper.make_tensor_value_info("x", element, x.shape)],
        [helper.make_tensor_value_info("y", element, x.shape)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 24)], ir_version=10)
    y = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
    exact = x.astype(np.longdouble) / (1 + np.exp(-x.astype(np.longdouble)))
    worst.append(float(np.max(np.abs(y - exact) / np.abs(exact)) / np.finfo(dtype).eps))
    print(dtype.__name__, "relative error up to %.1f ulp, expected about 5" % worst[-1])
raise SystemExit(0 if min(worst) > 8 else 1)
