"""DFT of a length that is no power of two errs in proportion to the length. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

N = 1009
graph = helper.make_graph(
    [helper.make_node("DFT", ["x"], ["y"], axis=1)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, N, 2])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
x = np.random.default_rng(0).uniform(-8, 8, (1, N, 2)).astype(np.float32)
y = session.run(None, {"x": x})[0][0]
z = x[0, :, 0].astype(np.complex128) + 1j * x[0, :, 1]
error = np.abs(y[:, 0] + 1j * y[:, 1] - np.fft.fft(z)).max() / (2.0**-24 * np.linalg.norm(z))
print("largest error in units of u |x|:", error, "allowed 36")
raise SystemExit(0 if error > 36 else 1)
