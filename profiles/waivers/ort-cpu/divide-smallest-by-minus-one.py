"""Div of the smallest integer by -1 ends the process with SIGFPE. Needs onnx, onnxruntime, numpy."""
import os, signal
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

info = helper.make_tensor_value_info
died = []
for element, dtype in ((TensorProto.INT32, np.int32), (TensorProto.INT64, np.int64)):
    graph = helper.make_graph(
        [helper.make_node("Div", ["a", "b"], ["y"])], "g", [info("a", element, [1]), info("b", element, [1])],
        [info("y", element, [1])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    child = os.fork()
    if child == 0:
        session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        session.run(None, {"a": np.array([np.iinfo(dtype).min], dtype), "b": np.array([-1], dtype)})
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    died.append(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGFPE)
    print(dtype.__name__, "died of SIGFPE" if died[-1] else "did not die", "expected any answer or a rejection")
raise SystemExit(0 if all(died) else 1)
