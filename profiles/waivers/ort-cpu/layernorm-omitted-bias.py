"""LayerNormalization with its optional bias given as an empty name ends the process with SIGSEGV at load, where an
addition before it is fused. Needs onnx, onnxruntime."""
import os, signal
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

graph = helper.make_graph(
    [helper.make_node("Add", ["x", "z"], ["s"]), helper.make_node("LayerNormalization", ["s", "w", ""], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2, 4]),
     helper.make_tensor_value_info("z", TensorProto.FLOAT, [2, 4])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2, 4])],
    [helper.make_tensor("w", TensorProto.FLOAT, [4], [1, 1, 1, 1])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
child = os.fork()
if child == 0:
    ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    os._exit(0)
status = os.waitpid(child, 0)[1]
died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSEGV
print("died of SIGSEGV" if died else "did not die", "- expected the result without a bias")
raise SystemExit(0 if died else 1)
