"""GlobalMaxPool and MaxRoiPool of -infinity alone give the lowest finite number. Needs onnx, onnxruntime, numpy."""
import numpy as np, onnxruntime as ort
from onnx import TensorProto, helper

def pooled(operator, more, **attributes):
    graph = helper.make_graph(
        [helper.make_node(operator, ["x"] + list(more), ["y"], **attributes)], "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 2, 2])] +
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, list(value.shape)) for name, value in more.items()],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": np.full((1, 1, 2, 2), -np.inf, np.float32), **more})[0].item()

got = [pooled("GlobalMaxPool", {}),
       pooled("MaxRoiPool", {"rois": np.array([[0, 0, 0, 1, 1]], np.float32)}, pooled_shape=[1, 1])]
print("got", got, "expected -inf")
raise SystemExit(0 if np.isfinite(got).all() else 1)
