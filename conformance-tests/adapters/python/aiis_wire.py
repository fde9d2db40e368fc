"""Frames, headers and tensors of the worker protocol (spec/worker-protocol.md). Standard library and numpy only.

Whatever comes in is checked against a limit before memory is given to it. Element types that numpy lacks come from
ml_dtypes; where it is not installed, a tensor of such a type is Unreachable: the step is then answered `not-driven`.
"""
import json
import math
import struct
import zlib

import numpy as np

try:
    import ml_dtypes
except ImportError:
    ml_dtypes = None

PROTOCOL = 1
MAGIC = b"AIIS"
FRAME, HEADER, ATTACHMENTS, RANK, ELEMENTS = 512 << 20, 16 << 20, 1 << 16, 64, 2**31 - 1
CHUNK = 1 << 20  # Large parts grow with what really comes.

PLAIN = {"float32": np.float32, "uint8": np.uint8, "int8": np.int8, "uint16": np.uint16, "int16": np.int16,
         "int32": np.int32, "int64": np.int64, "bool": np.bool_, "float16": np.float16, "float64": np.float64,
         "uint32": np.uint32, "uint64": np.uint64}
EXTENDED = {"bfloat16": "bfloat16", "float8e4m3fn": "float8_e4m3fn", "float8e4m3fnuz": "float8_e4m3fnuz",
            "float8e5m2": "float8_e5m2", "float8e5m2fnuz": "float8_e5m2fnuz", "float8e8m0": "float8_e8m0fnu",
            "float4e2m1": "float4_e2m1fn", "uint4": "uint4", "int4": "int4", "uint2": "uint2", "int2": "int2"}
# TensorProto.DataType
NUMBERS = dict(zip("float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64".split(), range(1, 14)))
NUMBERS |= dict(zip("bfloat16 float8e4m3fn float8e4m3fnuz float8e5m2 float8e5m2fnuz uint4 int4 float4e2m1 float8e8m0 uint2 int2"
                    .split(), range(16, 27)))
BITS = {"float4e2m1": 4, "uint4": 4, "int4": 4, "uint2": 2, "int2": 2}  # One byte an element, the upper bits zero.


class Violation(Exception):
    """The suite broke the protocol: the worker ends."""


class Unreachable(Exception):
    """What this worker cannot show to its runtime, or not bring back: answered `not-driven`."""


def dtype_of(word):
    """The numpy type of an element type of the protocol."""
    if word in PLAIN:
        return np.dtype(PLAIN[word]).newbyteorder("<")
    if word == "string":
        return np.dtype(object)
    if word not in EXTENDED:
        raise Violation(f"unknown element type {word!r}")
    if not hasattr(ml_dtypes, EXTENDED[word]):
        raise Unreachable(f"numpy has no {word}, and no ml_dtypes that has it is installed")
    return np.dtype(getattr(ml_dtypes, EXTENDED[word]))


WORDS = {np.dtype(plain): word for word, plain in PLAIN.items()}
WORDS |= {np.dtype(getattr(ml_dtypes, name)): word for word, name in EXTENDED.items() if hasattr(ml_dtypes, name)}


def word_of(array):
    """The element type of a numpy array, by the protocol's word."""
    kind = array.dtype.newbyteorder("=") if array.dtype.kind in "biuf" else array.dtype
    if kind in WORDS:
        return WORDS[kind]
    if array.dtype.kind in "OUST":
        return "string"
    raise Unreachable(f"the protocol has no word for elements of numpy's type {array.dtype}")


def decode(reference, attachments):
    """The array that a tensor of a header stands for; writable, so that a runtime that writes into its input shows."""
    members(reference, {"type": str, "shape": list, "attachment": int}, "a tensor")
    shape = reference["shape"]
    if len(shape) > RANK or not all(type(n) is int and n >= 0 for n in shape) or math.prod(shape) > ELEMENTS:
        raise Violation(f"a tensor of shape {shape}")
    word, data = reference["type"], attachments.take(reference["attachment"])
    kind, count = dtype_of(word), math.prod(shape)
    if word == "string":
        array = np.empty(count, object)
        array[:] = strings(data, count)
    elif len(data) != count * kind.itemsize:
        raise Violation(f"{word}{shape} needs {count * kind.itemsize} bytes, found {len(data)}")
    else:
        array = np.frombuffer(data, np.uint8)
        if word == "bool" and array.size and array.max() > 1:
            raise Violation("a bool that is neither 0 nor 1")
        array = array.view(kind) if count else np.empty(0, kind)
    try:
        return array.reshape(shape)
    except ValueError as e:  # Rank 33 to 64 in numpy 1.
        raise Unreachable(f"numpy cannot hold shape {shape}: {e}") from e


def encode(value, attachments):
    """Appends the elements to the attachments; answers the tensor of the header."""
    if not isinstance(value, (np.ndarray, np.generic)):
        raise Unreachable(f"an output is {'nothing' if value is None else 'a ' + type(value).__name__}, and no tensor")
    array = np.asarray(value)
    word = word_of(array)
    if array.ndim > RANK or array.size > ELEMENTS:
        raise Unreachable(f"an output of shape {list(array.shape)} is beyond the protocol's limits")
    if word == "string":
        data = b"".join(struct.pack("<I", len(b)) + b for b in map(utf8, array.ravel().tolist()))
    elif word == "bool":
        data = (array.view(np.uint8) != 0).tobytes()  # True of an array that was never set is any byte.
    elif word in BITS:
        data = (np.ascontiguousarray(array).view(np.uint8) & ((1 << BITS[word]) - 1)).tobytes()
    else:
        data = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes() if word in PLAIN else array.tobytes()
    attachments.append(data)
    return {"attachment": len(attachments) - 1, "shape": list(array.shape), "type": word}


def pack(elements, bits):
    """ONNX's packing of elements narrower than a byte, the first in the lowest bits."""
    per = 8 // bits
    padded = np.zeros(-(-elements.size // per) * per, np.uint8)
    padded[:elements.size] = elements.ravel() & ((1 << bits) - 1)
    shifts = np.arange(0, 8, bits, dtype=np.uint8)
    return np.bitwise_or.reduce(padded.reshape(-1, per) << shifts, axis=1).astype(np.uint8).tobytes()


def unpack(data, bits, count):
    """The reverse of pack: bytes of one element each."""
    shifts = np.arange(0, 8, bits, dtype=np.uint8)
    elements = np.frombuffer(data, np.uint8)[:, None] >> shifts & ((1 << bits) - 1)
    return np.ascontiguousarray(elements.ravel()[:count])


def utf8(text):
    try:
        return bytes(text) if isinstance(text, bytes) else str(text).encode("utf-8")
    except UnicodeEncodeError as e:
        raise Unreachable(f"an output holds a string that is not UTF-8: {e}") from e


def strings(data, count):
    at, found = 0, []
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at) if len(data) - at >= 4 else (2**32,)
        if length > len(data) - at - 4:
            raise Violation("a string is longer than its attachment")
        try:
            found.append(bytes(data[at + 4:at + 4 + length]).decode("utf-8"))
        except UnicodeDecodeError as e:
            raise Violation(f"a string that is not UTF-8: {e}") from e
        at += 4 + length
    if len(found) != count:
        raise Violation(f"{len(found)} strings, the shape needs {count}")
    return found


class Attachments:
    """Those of one request: each is used exactly once."""

    def __init__(self, content):
        self.left = dict(enumerate(content))

    def take(self, index):
        if type(index) is not int or index not in self.left:
            raise Violation(f"attachment {index!r} is not there, or is used twice")
        return self.left.pop(index)

    def all_used(self):
        if self.left:
            raise Violation(f"the header does not use attachment {min(self.left)}")


def members(found, expected, what):
    """Refuses unknown, missing and mistyped members; lists and maps may be missing when empty."""
    if type(found) is not dict or set(found) - set(expected):
        raise Violation(f"{what}: expected {sorted(expected)}, found {found!r:.200}")
    for name, kind in expected.items():
        if name not in found and kind in (dict, list):
            found[name] = kind()
        if type(found.get(name)) is not kind:
            raise Violation(f"{what}: {name!r} is not of type {kind.__name__}")
    return found


def once(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise Violation(f"a member is given twice in {names}")
    return dict(pairs)


def constant(word):
    raise Violation(f"{word} is not JSON")


def read(stream, limit=FRAME):
    """The next frame as (header, attachments); None where the stream ends between two frames."""
    preamble = stream.read(12)
    if not preamble:
        return None
    if len(preamble) < 12:
        raise Violation("the stream ended inside a preamble")
    magic, left, expected = preamble[:4], *struct.unpack("<II", preamble[4:])
    if magic != MAGIC or left > limit:
        raise Violation(f"magic {magic!r} and length {left} instead of {MAGIC!r} and at most {limit}")
    crc = 0

    def take(count):
        nonlocal left, crc
        if count > left:
            raise Violation(f"{count} bytes announced, {left} are left of the frame")
        data = bytearray()
        while len(data) < count:
            part = stream.read(min(count - len(data), CHUNK))
            if not part:
                raise Violation("the stream ended inside a frame")
            data += part
        left, crc = left - count, zlib.crc32(data, crc)
        return data

    def number(what, most):
        (value,) = struct.unpack("<I", take(4))
        if value > most:
            raise Violation(f"{what} of {value}, at most {most} is allowed")
        return value

    header = take(number("header", min(HEADER, left)))
    attachments = []
    for _ in range(number("number of attachments", min(ATTACHMENTS, left // 4))):
        attachments.append(take(number("attachment", left)))
    if left or crc != expected:
        raise Violation(f"{left} bytes behind the last attachment, CRC-32 {crc:08x} instead of {expected:08x}")
    try:
        return json.loads(header.decode("utf-8"), object_pairs_hook=once, parse_constant=constant), attachments
    except (ValueError, RecursionError) as e:
        raise Violation(f"the header is not JSON in UTF-8: {e}") from e


def write(stream, header, attachments, limit=FRAME):
    """Writes one frame; Unreachable, with nothing written, where it is over a limit."""
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    length = 8 + len(text) + sum(4 + len(a) for a in attachments)
    if length > limit or len(text) > HEADER or len(attachments) > ATTACHMENTS:
        raise Unreachable(f"the answer does not fit a frame: {length} bytes, {len(attachments)} attachments")
    parts = [struct.pack("<I", len(text)), text, struct.pack("<I", len(attachments))]
    for attachment in attachments:
        parts += [struct.pack("<I", len(attachment)), attachment]
    payload = b"".join(parts)
    stream.write(MAGIC + struct.pack("<II", length, zlib.crc32(payload)) + payload)
    stream.flush()
