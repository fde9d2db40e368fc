"""Checks aiis_wire and aiis_worker against the examples of spec/worker-protocol.md, byte for byte: `check_examples.py FILE`.

The suite's tests run it. Exit code 0 says that all of them were read and written as they stand there.
"""
import io
import re
import sys

import aiis_wire as wire
import numpy as np
from aiis_worker import Adapter, Worker, runtime_call


class Told(Adapter):
    """Answers what the examples answer."""

    def describe(self, options):
        return dict.fromkeys(("name", "vendor", "version", "backend", "provider"), "x") | {"libraries": {}, "properties": {}}

    def load(self, model, profiled):
        if model == b"unknown":
            with runtime_call(lambda e: "INVALID_GRAPH"):
                raise ValueError("no such operator")
        return model

    def run(self, session, inputs, outputs):
        assert inputs["x"].tolist() == ["a", "é"] and inputs["y"].tolist() == [1.0, -0.5] and outputs == ["z"], inputs
        return {"z": np.array(-2, np.int64)}


def read(data):
    return wire.read(io.BytesIO(data))


def written(header, attachments):
    out = io.BytesIO()
    wire.write(out, header, attachments)
    return out.getvalue()


def main(document):
    with open(document, encoding="utf-8") as file:
        blocks = re.findall(r"```hex ([\w-]+)\n(.*?)```", file.read(), re.S)
    example = {name: bytes.fromhex(digits) for name, digits in blocks}
    worker = Worker(Told(), {})
    for name in ("describe", "put", "run", "together", "outputs", "rejected", "load-timed", "node-nanos"):
        assert written(*read(example[name])) == example[name], f"{name} is written otherwise"
    described, _ = worker.answer(*read(example["describe"]))
    assert described["answer"]["kind"] == "described" and described["answer"]["protocol"] == 1, described
    assert worker.answer(*read(example["put"]))[0] == {"answer": {"kind": "outputs", "placement": [], "values": {}}, "id": 1}
    load = {"step": "load", "model": "m", "bytes": 0, "profiled": False}
    worker.answer({"id": 2, "request": load}, [b"known"])
    assert written(*worker.answer(*read(example["run"]))) == example["outputs"], "the answer to run is another one"
    rejected = worker.answer({"id": 3, "request": load}, [b"unknown"])
    assert written(*rejected) == example["rejected"], "the rejection is another one"
    together(worker, example)
    for what, data in broken(example).items():
        try:
            worker.answer(*read(data))
        except wire.Violation:
            continue
        raise AssertionError(f"{what} is no violation")
    types()
    print(f"{len(example)} examples, {len(broken(example))} violations, {len(wire.PLAIN) + len(wire.EXTENDED) + 1} types")


def together(worker, example):
    """Two threads, of which one is rejected each time."""
    run = {**read(example["run"])[0]["request"]}
    broken = {"step": "load", "model": "n", "bytes": 1, "profiled": False}
    run["inputs"] = {"x": {**run["inputs"]["x"], "attachment": 0}}
    strings = read(example["run"])[1]
    answer, values = worker.answer({"id": 5, "request": {"step": "together", "steps": [run, broken], "times": 3}},
                                   [*strings, b"unknown"])
    told = answer["answer"]["values"]

    def number(name):
        return int.from_bytes(values[told[name]["attachment"]], "little", signed=True)

    assert number("0/out/z") == -2 and number("0/differing") == 0 and number("0/rejected") == 0, told
    assert number("1/rejected") == 3 and number("measured/at-once") >= 1 and "1/message" in told, told


def broken(example):
    """Frames that a worker has to refuse."""
    put, attachments = read(example["put"])
    tensor = put["request"]["value"]

    def with_tensor(**changes):
        return written({"id": 1, "request": {**put["request"], "value": {**tensor, **changes}}}, attachments)

    return {
        "wrong CRC-32": example["wrong-crc"],
        "wrong magic": b"AIIT" + example["put"][4:],
        "a length over the limit": b"AIIS\xff\xff\xff\xff" + example["put"][8:],
        "a frame that ends early": example["put"][:-1],
        "an attachment that is not used": written(put, attachments + [b""]),
        "a shape that the bytes do not fit": with_tensor(shape=[3]),
        "more elements than 2^31 - 1": with_tensor(shape=[1 << 16, 1 << 16]),
        "a negative extent": with_tensor(shape=[-2]),
        "a rank over 64": with_tensor(shape=[1] * 65),
        "an unknown type": with_tensor(type="float128"),
        "an attachment that is not there": with_tensor(attachment=1),
        "an unknown member": with_tensor(more=1),
        "an unknown step": written({"id": 1, "request": {"step": "leave"}}, []),
        "a member given twice": frame(b'{"id":1,"id":1,"request":{"step":"drop","tensor":"w"}}'),
        "nesting 100,000 deep": frame(b"[" * 100_000),
    }


def frame(header):
    payload = len(header).to_bytes(4, "little") + header + bytes(4)
    return b"AIIS" + len(payload).to_bytes(4, "little") + wire.zlib.crc32(payload).to_bytes(4, "little") + payload


def types():
    """Every bit pattern of every type comes back as it went; of types narrower than a byte the upper bits are zero."""
    for word in [*wire.PLAIN, *(wire.EXTENDED if wire.ml_dtypes else ())]:
        kind, bits = wire.dtype_of(word), wire.BITS.get(word, 8)
        data = bytes(range(2 if word == "bool" else 1 << bits)) * kind.itemsize
        array = wire.decode({"type": word, "shape": [len(data) // kind.itemsize], "attachment": 0}, wire.Attachments([bytearray(data)]))
        out = []
        assert wire.encode(array, out) == {"attachment": 0, "shape": [len(data) // kind.itemsize], "type": word} and out == [data], word
        if bits < 8:
            packed = wire.pack(array.view(np.uint8), bits)
            assert len(packed) == -(-array.size * bits // 8) and wire.unpack(packed, bits, array.size).tobytes() == data, word


if __name__ == "__main__":
    main(sys.argv[1])
