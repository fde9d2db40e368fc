#!/usr/bin/env python3
"""Asks a server of the suite's conformance models with NVIDIA's tritonclient, over HTTP and gRPC.

    aiis serve --conformance-models models && aiis serve models
    python3 triton_client.py 127.0.0.1:8000 127.0.0.1:8001

Needs tritonclient[http,grpc]. Ends 0 when every answer is the expected one; prints the first that is not.
"""

import sys

import numpy as np
import tritonclient.grpc as over_grpc
import tritonclient.http as over_http
from tritonclient.utils import InferenceServerException


def infer(module, client, model, arrays, outputs, **how):
    inputs = []
    for name, (array, datatype) in arrays.items():
        tensor = module.InferInput(name, list(array.shape), datatype)
        tensor.set_data_from_numpy(array, **({"binary_data": how["binary"]} if module is over_http else {}))
        inputs.append(tensor)
    asked = [
        module.InferRequestedOutput(o, **({"binary_data": how["binary"]} if module is over_http else {}))
        for o in outputs
    ]
    return client.infer(model, inputs, outputs=asked, request_id="7")


def refused(module, client, model, arrays, outputs, **how):
    try:
        infer(module, client, model, arrays, outputs, **how)
    except InferenceServerException as e:
        return str(e)
    raise AssertionError(f"{model} answered what it has to refuse")


def check(module, client, binary):
    assert client.is_server_live() and client.is_server_ready() is False, "one model of the set is broken"
    assert client.is_model_ready("aiis-arithmetic") and client.is_model_ready("aiis-arithmetic", "1")
    assert not client.is_model_ready("aiis-broken")

    a = np.arange(12, dtype=np.float32).reshape(3, 4)
    b = np.full((3, 4), 0.1, dtype=np.float32)
    both = {"a": (a, "FP32"), "b": (b, "FP32")}
    result = infer(module, client, "aiis-arithmetic", both, ["difference", "sum"], binary=binary)
    np.testing.assert_array_equal(result.as_numpy("sum"), a + b)
    np.testing.assert_array_equal(result.as_numpy("difference"), a - b)

    one = infer(module, client, "aiis-arithmetic", both, ["sum"], binary=binary)
    assert one.as_numpy("difference") is None and one.as_numpy("sum").shape == (3, 4)

    for name, datatype, values in [
        ("int64", "INT64", [-(2**63), 2**53 + 1, 2**63 - 1]),
        ("int32", "INT32", [-(2**31), 2**31 - 1]),
        ("uint8", "UINT8", [0, 255]),
        ("float64", "FP64", [0.1, 5e-324, 1.7976931348623157e308]),
        ("float32", "FP32", [0.1, -0.0]),
    ]:
        array = np.array(values, dtype=name)
        got = infer(module, client, f"aiis-same-{name}", {"x": (array, datatype)}, ["y"], binary=binary).as_numpy("y")
        assert got.dtype == array.dtype and got.tobytes() == array.tobytes(), (name, got)

    texts = np.array(["a☃".encode(), b""], dtype=np.object_)
    got = infer(module, client, "aiis-same-string", {"x": (texts, "BYTES")}, ["y"], binary=binary).as_numpy("y")
    assert [t if isinstance(t, bytes) else t.encode() for t in got] == ["a☃".encode(), b""], got

    zero = {"x": (np.zeros(1, np.float32), "FP32")}
    if binary:
        assert np.isinf(infer(module, client, "aiis-reciprocal", zero, ["y"], binary=True).as_numpy("y")[0])
    else:
        assert "not-in-json" in refused(module, client, "aiis-reciprocal", zero, ["y"], binary=False)

    assert "shape" in refused(module, client, "aiis-arithmetic", {"a": (a, "FP32"), "b": (b[:2], "FP32")}, ["sum"], binary=binary)
    assert "type" in refused(module, client, "aiis-same-int32", {"x": (np.zeros(1, np.int64), "INT64")}, ["y"], binary=binary)
    assert "not-found" in refused(module, client, "aiis-nowhere", {"x": (np.zeros(1, np.int64), "INT64")}, ["y"], binary=binary)


def main(http, grpc):
    client = over_http.InferenceServerClient(http)
    assert client.get_server_metadata()["extensions"] == ["binary_tensor_data"]
    assert client.get_model_metadata("aiis-arithmetic")["inputs"][0] == {"name": "a", "datatype": "FP32", "shape": [-1, 4]}
    check(over_http, client, binary=True)
    check(over_http, client, binary=False)
    client = over_grpc.InferenceServerClient(grpc)
    assert list(client.get_model_metadata("aiis-arithmetic").inputs[0].shape) == [-1, 4]
    check(over_grpc, client, binary=True)
    print("tritonclient: HTTP in JSON and binary, gRPC: as expected")


if __name__ == "__main__":
    main(*sys.argv[1:3])
