"""TopK of a tensor with a zero-size axis beside the one it works on ends the process with SIGFPE. Needs onnx, onnxruntime, numpy."""
import os, signal
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("TopK", ["x", "k"], ["values", "indices"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [0, 5])],
    [helper.make_tensor_value_info("values", TensorProto.FLOAT, [0, 2]),
     helper.make_tensor_value_info("indices", TensorProto.INT64, [0, 2])],
    [helper.make_tensor("k", TensorProto.INT64, [1], [2])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
child = os.fork()
if child == 0:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    session.run(None, {"x": np.zeros((0, 5), np.float32)})
    os._exit(0)
status = os.waitpid(child, 0)[1]
died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGFPE
print("died of SIGFPE" if died else "did not die", "expected two empty tensors")
raise SystemExit(0 if died else 1)
