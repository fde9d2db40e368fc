"""Conv with a kernel of extent 0 never returns. Needs onnx, onnxruntime, numpy."""
import os, time
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

info = helper.make_tensor_value_info
graph = helper.make_graph(
    [helper.make_node("Conv", ["x", "w"], ["y"])], "g",
    [info("x", TensorProto.FLOAT, None), info("w", TensorProto.FLOAT, None)], [info("y", TensorProto.FLOAT, None)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
child = os.fork()
if child == 0:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    try:
        session.run(None, {"x": np.ones((1, 2, 8, 8), np.float32), "w": np.ones((3, 2, 0, 3), np.float32)})
    except Exception as rejected:
        print(rejected)
    os._exit(0)
end = time.monotonic() + 20
while os.waitpid(child, os.WNOHANG)[0] == 0:
    if time.monotonic() > end:
        os.kill(child, 9)
        print("no answer after 20 s, expected any answer or a rejection")
        raise SystemExit(0)
    time.sleep(0.1)
print("answered")
raise SystemExit(1)
