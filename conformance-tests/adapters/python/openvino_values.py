"""numpy arrays and OpenVINO's tensors, one from the other."""
import numpy as np
import openvino as ov
from aiis_wire import BITS, Unreachable, dtype_of, pack, unpack, word_of

TYPES = {"float32": "f32", "float16": "f16", "float64": "f64", "bfloat16": "bf16", "float8e4m3fn": "f8e4m3",
         "float8e5m2": "f8e5m2", "float8e8m0": "f8e8m0", "float4e2m1": "f4e2m1", "bool": "boolean", "uint2": "u2",
         **{f"{'u' * u}int{n}": f"{'u' if u else 'i'}{n}" for n in (4, 8, 16, 32, 64) for u in (0, 1)}}
WORDS = {getattr(ov.Type, name).to_string(): word for word, name in TYPES.items()}


def to_ov(array):
    word = word_of(array)
    if word == "string":
        return ov.Tensor(np.array(array.tolist(), dtype=np.str_).reshape(array.shape))
    if word not in TYPES:
        raise Unreachable(f"OpenVINO has no element type {word}")
    if word in BITS:
        packed = np.frombuffer(pack(array.reshape(-1).view(np.uint8), BITS[word]), np.uint8)
        return ov.Tensor(packed, list(array.shape), getattr(ov.Type, TYPES[word]))
    tensor = ov.Tensor(getattr(ov.Type, TYPES[word]), list(array.shape))
    if array.size:
        tensor.data.reshape(-1).view(np.uint8)[:] = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    return tensor


def from_ov(tensor):
    """A copy: the memory is the request's, and the next run writes to it."""
    name, shape = tensor.element_type.to_string(), tuple(tensor.shape)
    if name == "string":
        return np.array(tensor.str_data.tolist(), dtype=object).reshape(shape)
    if name not in WORDS:
        raise Unreachable(f"the protocol has no word for OpenVINO's element type {name}")
    word, count = WORDS[name], int(np.prod(shape, dtype=np.int64))
    kind = dtype_of(word)
    if not count:
        return np.empty(shape, kind)
    data = bytearray(np.ascontiguousarray(tensor.data).reshape(-1).view(np.uint8).tobytes())
    array = unpack(data, BITS[word], count) if word in BITS else np.frombuffer(data, np.uint8)
    return array.view(kind).reshape(shape)
