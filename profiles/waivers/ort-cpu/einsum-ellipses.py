"""Einsum whose ellipses stand for one axis and for two ends the process with SIGSEGV. Needs onnx, onnxruntime, numpy."""
import os, signal
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

info = helper.make_tensor_value_info


def died(node, feeds, expected, opset=17):
    """Whether a process that runs a model of this node ends by a signal."""
    inputs = [info(n, helper.np_dtype_to_tensor_dtype(a.dtype), a.shape) for n, a in feeds.items()]
    graph = helper.make_graph([node], "g", inputs, [info(n, TensorProto.FLOAT, None) for n in node.output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)
    child = os.fork()
    if child == 0:
        try:
            session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
            session.run(None, feeds)
        except Exception as rejected:
            print(rejected)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    seen = os.WIFSIGNALED(status) and os.WTERMSIG(status) in expected
    print(node.op_type, "died of a signal, expected any answer or a rejection" if seen else "did not die")
    return seen


node = helper.make_node("Einsum", ["x", "z"], ["y"], equation="...ij,...jk->...ik")
feeds = {"x": np.ones((2, 3, 4), np.float32), "z": np.ones((3, 2, 4, 5), np.float32)}
raise SystemExit(0 if died(node, feeds, {signal.SIGSEGV, signal.SIGABRT}) else 1)
