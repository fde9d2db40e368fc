"""Max, Min, Sum and Mean with an omitted (empty) input name end the process with SIGSEGV. Needs onnx, onnxruntime, numpy."""
import os, signal
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

died = []
for operator in ("Max", "Min", "Sum", "Mean"):
    for inputs in (["x", ""], ["x", "", "x"]):
        graph = helper.make_graph(
            [helper.make_node(operator, inputs, ["y"])], "g",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3])])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        child = os.fork()
        if child == 0:
            session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
            session.run(None, {"x": np.ones(3, np.float32)})
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        died.append(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSEGV)
        print(operator, inputs, "died of SIGSEGV" if died[-1] else "did not die", "expected any answer or a rejection")
raise SystemExit(0 if all(died) else 1)
