"""STFT runs with a window of rank 2 and with a signal of rank 2. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

def runs(signal, window):
    graph = helper.make_graph(
        [helper.make_node("STFT", ["x", "step", "window"], ["y"])], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, list(signal)),
         helper.make_tensor_value_info("step", TensorProto.INT64, []),
         helper.make_tensor_value_info("window", TensorProto.FLOAT, list(window))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    try:
        session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        session.run(None, {"x": np.zeros(signal, np.float32), "step": np.array(4), "window": np.ones(window, np.float32)})
        return True
    except Exception as error:
        print(error)
        return False

seen = [runs((2, 16), (8,)), runs((2, 16, 1), (8, 1))]
print("signal of rank 2 runs:", seen[0], "window of rank 2 runs:", seen[1], "expected: rejected")
raise SystemExit(0 if all(seen) else 1)
