"""Names in a serialised ONNX model, read without the onnx package, and the placement of a runtime with one executor.

Field numbers are those of onnx.proto. A model that is not protobuf has no names: the runtime refuses it itself.
"""
from dataclasses import dataclass, field

DEEPEST = 64
# Their results are new at each run, so that no runtime computes them at load.
RANDOM = {"RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli"}


@dataclass
class Graph:
    """The main graph: nodes as (label, operator, names they read, names they make), names in order; inputs and outputs with
    ONNX's number of their element type, 0 where it is no tensor or is not said."""

    nodes: list = field(default_factory=list)
    inputs: dict = field(default_factory=dict)
    outputs: dict = field(default_factory=dict)
    initializers: set = field(default_factory=set)

    def placed(self, provider, folds):
        """Placement by the worker protocol's rule of the single executor: whatever ran, this provider ran it.

        folds: whether the runtime may compute at load what depends on constants alone."""
        alive = {name for name in self.inputs if name not in self.initializers}
        told = []
        for label, op, reads, makes in self.nodes:
            runs = op in RANDOM or not alive.isdisjoint(reads)
            alive.update(makes if runs else ())
            told.append((label, "PROVIDER", provider) if runs or not folds else (label, "FOLDED", ""))
        return told


def read(model):
    """The Graph of a serialised ModelProto."""
    try:
        graph = [value for number, value in fields(memoryview(model)) if number == 7]
        return main(graph[-1]) if graph else Graph()
    except (ValueError, IndexError, TypeError, UnicodeDecodeError, RecursionError):
        return Graph()


def fields(message):
    """(number, value) of each field: bytes for what has a length, else a number."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
            if byte < 128:
                return value
            if shift > 63:
                raise ValueError("a varint of more than 10 bytes")

    while at < len(message):
        key = varint()
        kind = key & 7
        if kind == 0:
            yield key >> 3, varint()
            continue
        size = varint() if kind == 2 else {1: 8, 5: 4}.get(kind, -1)
        if size < 0 or size > len(message) - at:
            raise ValueError("a field that does not fit its message")
        yield key >> 3, message[at:at + size]
        at += size


def text(value):
    return bytes(value).decode("utf-8")


def main(message):
    graph = Graph()
    for number, value in fields(message):
        if number == 1:
            graph.nodes.append(node(value, len(graph.nodes)))
        elif number == 5:
            graph.initializers.add(first(value, 8))
        elif number == 15:
            graph.initializers.update(first(v, 8) for n, v in fields(value) if n == 1)
        elif number in (11, 12):
            (graph.inputs if number == 11 else graph.outputs)[first(value, 1)] = element_type(value)
    return graph


def first(message, wanted):
    return next((text(value) for number, value in fields(message) if number == wanted), "")


def element_type(value_info):
    """ValueInfoProto.type 2, TypeProto.tensor_type 1, Tensor.elem_type 1."""
    for number, type_proto in fields(value_info):
        for kind, tensor in fields(type_proto) if number == 2 else ():
            for member, elem_type in fields(tensor) if kind == 1 else ():
                if member == 1:
                    return elem_type
    return 0


def node(message, index, depth=0):
    """Of a node with subgraphs, what the nodes in them read is read too."""
    if depth > DEEPEST:
        raise ValueError("subgraphs nested too deep")
    name, op, reads, makes = "", "", [], []
    for number, value in fields(message):
        if number == 1:
            reads.append(text(value))
        elif number == 2:
            makes.append(text(value))
        elif number == 3:
            name = text(value)
        elif number == 4:
            op = text(value)
        elif number == 5:  # AttributeProto.g 6, .graphs 11
            for member, subgraph in fields(value):
                if member in (6, 11):
                    for kind, inner in fields(subgraph):
                        if kind == 1:
                            reads += node(inner, 0, depth + 1)[2]
    return name or f"#{index}/{op}", op, [n for n in reads if n], [n for n in makes if n]


def relu():
    """The smallest model, y = Relu(x) of one float32, for an adapter that has to show its runtime something."""
    def message(number, content):
        return bytes([number << 3 | 2, len(content)]) + content

    def value(name):
        shape = message(2, message(1, b"\x08\x01"))
        return message(1, name) + message(2, message(1, b"\x08\x01" + shape))

    relu_node = message(1, b"x") + message(2, b"y") + message(3, b"n0") + message(4, b"Relu")
    graph = message(1, relu_node) + message(2, b"g") + message(11, value(b"x")) + message(12, value(b"y"))
    return b"\x08\x08" + message(7, graph) + message(8, b"\x10\x0d")
