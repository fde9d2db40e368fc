"""A scan output of strings is put together by copying their memory: later iterations are lost, or the process dies. Needs onnx, onnxruntime, numpy."""
import subprocess, sys
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

body = helper.make_graph(
    [helper.make_node("Identity", ["c"], ["on"]), helper.make_node("Identity", ["v"], ["w"]),
     helper.make_node("Identity", ["v"], ["seen"])], "b",
    [helper.make_tensor_value_info("i", TensorProto.INT64, []),
     helper.make_tensor_value_info("c", TensorProto.BOOL, []),
     helper.make_tensor_value_info("v", TensorProto.STRING, [2])],
    [helper.make_tensor_value_info("on", TensorProto.BOOL, []),
     helper.make_tensor_value_info("w", TensorProto.STRING, [2]),
     helper.make_tensor_value_info("seen", TensorProto.STRING, [2])])
graph = helper.make_graph(
    [helper.make_node("Loop", ["m", "", "x"], ["", "y"], body=body)], "g",
    [helper.make_tensor_value_info("m", TensorProto.INT64, []),
     helper.make_tensor_value_info("x", TensorProto.STRING, [2])],
    [helper.make_tensor_value_info("y", TensorProto.STRING, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
if len(sys.argv) > 1:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    print(session.run(None, {"m": np.array(3), "x": np.array(["a", "b"], object)})[0].tolist())
    raise SystemExit(0)
# The strings are copied as memory, so that the process may die: a child runs it.
child = subprocess.run([sys.executable, __file__, "child"], capture_output=True, text=True)
expected = "[['a', 'b'], ['a', 'b'], ['a', 'b']]"
print("got", child.stdout.strip() or "a death with code " + str(child.returncode), "expected", expected)
raise SystemExit(0 if child.stdout.strip() != expected else 1)
