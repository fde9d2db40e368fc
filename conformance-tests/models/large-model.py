"""large-model.py FOLDER [MIB [WIDTH]]: writes FOLDER/model.onnx, a chain of Gemm and Relu whose weights, MIB in all (2560), lie in
FOLDER/weights.data: a model that no frame of the worker protocol and no protobuf message holds. Needs numpy and onnx.

Each layer takes WIDTH x WIDTH float32 (4096: 64 MiB). The weights come from a seed of their own, so that two runs write the same bytes.
They are so small and so large that values neither vanish nor grow from layer to layer.
"""
import os
import sys

import numpy as np
from onnx import TensorProto, helper, save

folder, mib, width = sys.argv[1], *map(int, (sys.argv[2:] + ["2560", "4096"][len(sys.argv) - 2:])[:2])
layers = max(1, (mib << 20) // (4 * width * width))
os.makedirs(folder, exist_ok=True)
initializers, nodes, offset, before = [], [], 0, "x"


def kept(name, array, file):
    """The tensor that names where the elements were written, on a page of its own."""
    global offset
    start = -(-offset // 4096) * 4096
    file.write(b"\0" * (start - offset))
    array.tofile(file)
    offset = start + array.nbytes
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=array.shape, data_location=TensorProto.EXTERNAL)
    for key, value in {"location": "weights.data", "offset": start, "length": array.nbytes}.items():
        tensor.external_data.add(key=key, value=str(value))
    initializers.append(tensor)


with open(os.path.join(folder, "weights.data"), "wb") as file:
    for layer in range(layers):
        random = np.random.default_rng(layer)
        largest = np.float32((6 / width) ** 0.5)
        kept(f"w{layer}", random.uniform(-largest, largest, (width, width)).astype(np.float32), file)
        kept(f"b{layer}", random.uniform(-0.1, 0.1, width).astype(np.float32), file)
        gemm, relu = f"gemm{layer}", f"relu{layer}"
        nodes.append(helper.make_node("Gemm", [before, f"w{layer}", f"b{layer}"], [gemm], name=f"/block{layer // 4}/{gemm}"))
        nodes.append(helper.make_node("Relu", [gemm], [relu], name=f"/block{layer // 4}/{relu}"))
        before = relu
graph = helper.make_graph(
    nodes,
    "large",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", width])],
    [helper.make_tensor_value_info(before, TensorProto.FLOAT, ["batch", width])],
    initializers,
)
save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), os.path.join(folder, "model.onnx"))
print(f"{layers} layers, {offset >> 20} MiB")
