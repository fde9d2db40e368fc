"""A model whose functions call each other 500 deep overflows a stack of 1 MiB while it loads. Needs onnx, onnxruntime."""
import subprocess, sys, threading
import onnxruntime as ort
from onnx import TensorProto, helper

DEPTH = 500
sets = [helper.make_opsetid("", 17), helper.make_opsetid("here", 1)]
functions = [
    helper.make_function(
        "here", f"F{i}", ["a"], ["b"],
        [helper.make_node("Neg", ["a"], ["b"]) if i == DEPTH - 1
         else helper.make_node(f"F{i + 1}", ["a"], ["b"], domain="here")], sets)
    for i in range(DEPTH)]
graph = helper.make_graph(
    [helper.make_node("F0", ["x"], ["y"], domain="here")], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, [3])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, [3])])
model = helper.make_model(graph, opset_imports=sets, ir_version=8, functions=functions)


def load():
    try:
        ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    except Exception as rejected:
        print(rejected)


if len(sys.argv) > 1:
    threading.stack_size(1 << 20)  # What a thread has that is not the first one of its process.
    thread = threading.Thread(target=load)
    thread.start()
    thread.join()
    raise SystemExit(0)
child = subprocess.run([sys.executable, __file__, "child"], capture_output=True)
print("got exit code", child.returncode, "expected 0: a session or a rejection")
raise SystemExit(0 if child.returncode else 1)
