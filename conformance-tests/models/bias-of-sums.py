"""bias-of-sums.py ocr-recognition.onnx [NODE]: how far a 1x1 Conv of a real model is from limit c) of the kind dot product (clause 4.3.4), as
ONNX Runtime calculates it and as plain numpy does, one float32 product and sum after the other. Needs numpy, onnx and onnxruntime.

The limit takes the rounding errors of elements with different values for independent. Where inputs of a node change little from place to
place, elements share partial sums, and with them errors: then right sums, in any order, have a mean error beyond the limit. Above 1 is beyond.
"""
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

model = onnx.load(sys.argv[1])
name = sys.argv[2] if len(sys.argv) > 2 else "p2o.Conv.6"
node = next(n for n in model.graph.node if n.name == name)
constants = {n.output[0]: numpy_helper.to_array(n.attribute[0].t) for n in model.graph.node if n.op_type == "Constant"}
constants.update({i.name: numpy_helper.to_array(i) for i in model.graph.initializer})
w = constants[node.input[1]]
assert w.shape[2:] == (1, 1), f"{name} is no 1x1 convolution: {w.shape}"
model.graph.output.append(helper.make_tensor_value_info(node.input[0], TensorProto.FLOAT, None))
alone = helper.make_model(
    helper.make_graph(
        [helper.make_node("Conv", ["a", "w"], ["y"])],
        "alone",
        [helper.make_tensor_value_info("a", TensorProto.FLOAT, None)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(w, "w")],
    ),
    opset_imports=[helper.make_opsetid("", 12)],
    ir_version=7,
)
providers = ["CPUExecutionProvider"]
whole = onnxruntime.InferenceSession(model.SerializeToString(), providers=providers)
conv = onnxruntime.InferenceSession(alone.SerializeToString(), providers=providers)


def binade(v):
    return np.where(v == 0, 0, 2.0 ** np.floor(np.log2(np.maximum(np.abs(v), 1e-300))))


for seed in range(3):
    x = np.random.default_rng(seed).uniform(-1, 1, (1, 3, 48, 320)).astype(np.float32)
    a = whole.run([node.input[0]], {"x": x})[0]
    got = conv.run(None, {"a": a})[0]
    weights, columns = w.reshape(w.shape[0], -1), a.reshape(a.shape[1], -1)
    terms = weights.shape[1]

    def product(k, type):
        return weights[:, k : k + 1].astype(type) * columns[k : k + 1].astype(type)

    def summed(order):
        total = np.zeros((weights.shape[0], columns.shape[1]), np.float32)
        for k in order:
            total = total + product(k, np.float32)
        return total

    def squares(order):
        total, partials = 0.0, 0.0
        for k in order:
            total = total + product(k, np.float64)
            partials = partials + binade(total) ** 2
        return partials

    right = weights.astype(np.float64) @ columns.astype(np.float64)
    terms2 = sum(product(k, np.float64) ** 2 for k in range(terms))
    products = sum(binade(product(k, np.float64)) ** 2 for k in range(terms))
    forward, backward = range(terms), range(terms - 1, -1, -1)
    drawn = np.random.default_rng(9).permutation(terms)
    expected = (terms + 1) * (terms2 / 6 + np.maximum(right**2, terms2) / 3) * 0.541
    most = np.maximum(np.maximum(squares(forward), squares(backward)), expected)
    sigma = 2.0**-24 * np.sqrt((most + products + binade(right) ** 2) / 3)
    _, first = np.unique(right, return_index=True)
    first = first[sigma.ravel()[first] > 0]

    def limits(y):
        errors = (y.reshape(right.shape).astype(np.float64) - right) / np.where(sigma > 0, sigma, 1) * np.sign(right)
        return abs(errors.ravel()[first].mean()) / np.sqrt(36 / len(first))

    print(
        f"inputs {seed}: {len(first)} elements of {terms} products; mean error in limits: ONNX Runtime {onnxruntime.__version__} "
        f"{limits(got):.2f}, numpy first to last {limits(summed(forward)):.2f}, last to first {limits(summed(backward)):.2f}, "
        f"in an order drawn {limits(summed(drawn)):.2f}"
    )
