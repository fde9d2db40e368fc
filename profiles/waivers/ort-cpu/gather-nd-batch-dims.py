"""GatherND with a negative batch_dims reads outside its tensors: SIGSEGV. Needs onnx, onnxruntime, numpy."""
import os, signal
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

info = helper.make_tensor_value_info


def died(node, feeds, expected, opset=17):
    """Whether a process that runs a model of this node ends by a signal."""
    inputs = [info(n, helper.np_dtype_to_tensor_dtype(a.dtype), None) for n, a in feeds.items()]
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


node = helper.make_node("GatherND", ["x", "i"], ["y"], batch_dims=-7)
feeds = {"x": np.zeros((2, 5, 3), np.float32), "i": np.zeros((2, 2, 1), np.int64)}
raise SystemExit(0 if died(node, feeds, {signal.SIGSEGV, signal.SIGABRT}) else 1)
