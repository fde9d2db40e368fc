"""Sigmoid of float32: off by up to 2.2 times half an ulp of 1, where two are allowed. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

seen = 0
for element, dtype, f in ((TensorProto.FLOAT, np.float32, 23), (TensorProto.DOUBLE, np.float64, 52)):
    x = np.linspace(-16, 8, 24001).astype(dtype)
    graph = helper.make_graph(
        [helper.make_node("Sigmoid", ["x"], ["y"])], "g",
        [helper.make_tensor_value_info("x", element, x.shape)], [helper.make_tensor_value_info("y", element, x.shape)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    y = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, {"x": x})[0]
    wide = np.longdouble(1) / (1 + np.exp(-x.astype(np.longdouble)))
    limit = np.maximum(2.0 ** -f * 2 * (1 + abs(x.astype(np.longdouble))) * wide, 2.0 ** -f)
    error = abs(y.astype(np.longdouble) - wide) / limit
    print(f"{dtype.__name__}: {np.sum(error > 1)} of {x.size} values over the limit, worst {float(error.max()):.2f} "
          f"of it at x = {x[error.argmax()]}")
    seen += np.sum(error > 1)
raise SystemExit(0 if seen else 1)
