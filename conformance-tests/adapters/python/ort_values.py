"""Tensors of every type as OrtValues and back, by their bytes: numpy() of an OrtValue knows no more types than numpy."""
import ctypes

import numpy as np
import onnxruntime as ort
from aiis_wire import BITS, NUMBERS, dtype_of, pack, unpack, word_of

WORDS = {number: word for word, number in NUMBERS.items()}


def to_ort(array):
    word = word_of(array)
    value = ort.OrtValue.ortvalue_from_shape_and_type(list(array.shape), NUMBERS[word])
    data = pack(array.view(np.uint8), BITS[word]) if word in BITS else np.ascontiguousarray(array).tobytes()
    ctypes.memmove(value.data_ptr(), data, len(data))
    return value


def from_ort(value):
    """Every type but strings by its bytes, since numpy() knows no more types than numpy."""
    word = WORDS[value.element_type()] if value.is_tensor() else "none"
    if word in ("string", "none"):
        return value.numpy() if value.has_value() else None
    kind, shape = dtype_of(word), value.shape()
    count = int(np.prod(shape, dtype=np.int64))
    size = -(-count * BITS[word] // 8) if word in BITS else count * kind.itemsize
    data = ctypes.string_at(value.data_ptr(), size) if size else b""
    array = unpack(data, BITS[word], count) if word in BITS else np.frombuffer(bytearray(data), np.uint8)
    return array.view(kind).reshape(shape)
