"""HannWindow, HammingWindow and BlackmanWindow give strings, which no output of theirs can be. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

ran = []
for name in ("HannWindow", "HammingWindow", "BlackmanWindow"):
    graph = helper.make_graph(
        [helper.make_node(name, ["n"], ["y"], output_datatype=TensorProto.STRING)], "g",
        [helper.make_tensor_value_info("n", TensorProto.INT32, [])],
        [helper.make_tensor_value_info("y", TensorProto.STRING, [4])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    ran.append(session.run(None, {"n": np.array(4, np.int32)})[0])
    print(name, "ran and gave", ran[-1].tolist(), "expected a rejection")
raise SystemExit(0 if len(ran) == 3 else 1)
