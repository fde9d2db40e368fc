"""STFT of a complex signal gives numbers that are not its spectrum and differ from run to run. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("STFT", ["x", "step", "window"], ["y"], onesided=0)], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 8, 2]),
     helper.make_tensor_value_info("window", TensorProto.FLOAT, [4])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    [helper.make_tensor("step", TensorProto.INT64, [], [4])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
x = np.random.default_rng(0).uniform(-1, 1, (1, 8, 2)).astype(np.float32)
y = session.run(None, {"x": x, "window": np.ones(4, np.float32)})[0][0]
z = (x[0, :, 0] + 1j * x[0, :, 1]).reshape(2, 4)
want = np.fft.fft(z, axis=1)
error = np.abs(y[..., 0] + 1j * y[..., 1] - want).max()
print("largest error", error)
raise SystemExit(0 if not error < 1e-3 else 1)
