#!/usr/bin/env python3
"""Requests a second and latency of the reference server against MLServer, on the same ONNX model, turn by turn.

    python3 served_rate.py [--rounds 10] [--seconds 3] [--clients 8] [--client wrk|python] [--warm 15]

Needs mlserver, onnxruntime and onnx in this Python, and a built checkout. Both servers run beside each other on loopback and get the
same bytes, a JSON request with one row of 784 numbers, from the same client; in each round each of them is loaded alone, in an order
that changes. Printed are the ratio of the rates and that of the 99th percentiles, each the median over rounds with a 95 % interval
from a bootstrap of the rounds; on Linux also the processor time that each server takes for a request, which other work on the machine
disturbs less than the rates. The client shares the processors with the server that it loads, so that a slow one makes the ratio too
small: it is wrk (Debian: wrk) with one thread where that is installed, else this program, which takes a processor for itself.
"""

import argparse
import json
import os
import pathlib
import random
import selectors
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
from onnx import TensorProto, helper

HERE = pathlib.Path(__file__).resolve()
HOME = next(p for p in HERE.parents if (p / "aiis").is_file())

RUNTIME = '''
import numpy as np
import onnxruntime
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceResponse


class Onnx(MLModel):
    async def load(self):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(self.settings.parameters.uri, options)
        return True

    async def predict(self, request):
        x = NumpyCodec.decode_input(request.inputs[0])
        (y,) = self.session.run(["y"], {"x": x})
        return InferenceResponse(model_name=self.name, outputs=[NumpyCodec.encode_output("y", y)])
'''


def model(path):
    w = np.random.RandomState(0).randn(784, 10).astype(np.float32)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "w"], ["y"])],
        "dense",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 784])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 10])],
        [helper.make_tensor("w", TensorProto.FLOAT, [784, 10], w.flatten())],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(made, {"aiis.rows": "independent"})
    path.parent.mkdir(parents=True)
    onnx.save(made, path)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(folder):
    """The two servers, as process and port, when both answer."""
    model(folder / "models/dense/1/model.onnx")
    ours, theirs, grpc, metrics = (free_port() for _ in range(4))
    launcher = os.environ.get("AIIS", str(HOME / "aiis"))
    processes = [
        subprocess.Popen(
            [launcher, "serve", str(folder / "models"), "--port", str(ours), "--grpc-port", "-1", "--option", "intra-op-threads=1"],
            stdout=subprocess.DEVNULL,
        )
    ]
    (folder / "mlserver").mkdir()
    (folder / "mlserver/runtime.py").write_text(RUNTIME)
    (folder / "mlserver/settings.json").write_text(
        json.dumps({"host": "127.0.0.1", "http_port": theirs, "grpc_port": grpc, "metrics_port": metrics, "parallel_workers": 0, "debug": False})
    )
    (folder / "mlserver/model-settings.json").write_text(
        json.dumps({"name": "dense", "implementation": "runtime.Onnx", "parameters": {"uri": str(folder / "models/dense/1/model.onnx")}})
    )
    processes.append(
        subprocess.Popen(
            [sys.executable, "-m", "mlserver.cli", "start", "."] if not (pathlib.Path(sys.executable).parent / "mlserver").exists()
            else [str(pathlib.Path(sys.executable).parent / "mlserver"), "start", "."],
            cwd=folder / "mlserver",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    )
    for port in (ours, theirs):
        for _ in range(240):
            try:
                if load(port, 1, 0.2)[0] > 0:
                    break
            except OSError:
                pass
            time.sleep(0.5)
        else:
            raise SystemExit(f"the server at {port} does not answer")
    return processes, ours, theirs


BODY = json.dumps(
    {"inputs": [{"name": "x", "shape": [1, 784], "datatype": "FP32", "data": [round(i / 784, 4) for i in range(784)]}]}
).encode()

# Counts, not wrk's own rounded text.
SCRIPT = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = %s
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("\\nRESULT %%d %%d %%f %%d\\n", summary.requests, summary.duration, latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def load_with_wrk(port, clients, seconds):
    """The same as load, by wrk."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % json.dumps(BODY.decode()))
        script.flush()
        said = subprocess.run(
            ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "-s", script.name, f"http://127.0.0.1:{port}/v2/models/dense/infer"],
            capture_output=True, text=True, check=True,
        ).stdout
    requests, micros, percentile, errors = said.split("RESULT ")[1].split()[:4]
    if int(errors):
        raise OSError(said)
    return int(requests) / (int(micros) / 1e6), float(percentile) / 1e3


def load(port, clients, seconds):
    """Requests a second and the 99th percentile in ms: each client asks again when it has its answer."""
    body = BODY
    request = (
        b"POST /v2/models/dense/infer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + str(len(body)).encode() + b"\r\n\r\n" + body
    )
    selector = selectors.DefaultSelector()
    for _ in range(clients):
        connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(connection, selectors.EVENT_READ, [b"", time.perf_counter()])
        connection.sendall(request)
    begin = time.perf_counter()
    end = begin + seconds
    latencies = []
    while time.perf_counter() < end:
        for key, _ in selector.select(1):
            state = key.data
            part = key.fileobj.recv(65536)
            if not part:
                raise OSError("the server closed a connection")
            state[0] += part
            head = state[0].find(b"\r\n\r\n")
            if head < 0:
                continue
            if not state[0].startswith(b"HTTP/1.1 200"):
                raise OSError(state[0][:300])
            length = int(state[0][:head].lower().split(b"content-length:")[1].split(b"\r\n")[0])
            if len(state[0]) < head + 4 + length:
                continue
            now = time.perf_counter()
            latencies.append(now - state[1])
            state[:] = [b"", now]
            key.fileobj.sendall(request)
    taken = time.perf_counter() - begin
    for key in list(selector.get_map().values()):
        key.fileobj.close()
    latencies.sort()
    return len(latencies) / taken, 1e3 * latencies[int(0.99 * len(latencies))] if latencies else float("nan")


def processor_seconds(process):
    """Of a server so far; nothing where /proc is not Linux's."""
    try:
        fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def interval(values):
    draws = random.Random(1)
    medians = sorted(statistics.median(draws.choices(values, k=len(values))) for _ in range(2000))
    return f"{statistics.median(values):.1f} (95 % {medians[50]:.1f} to {medians[1949]:.1f})"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--clients", type=int, default=8)
    options.add_argument("--client", choices=["wrk", "python"], default="wrk" if shutil.which("wrk") else "python")
    options.add_argument("--warm", type=float, default=15, help="seconds of load on each before the first round; default 15")
    given = options.parse_args()
    client = load_with_wrk if given.client == "wrk" else load
    with tempfile.TemporaryDirectory() as folder:
        processes, ours, theirs = start(pathlib.Path(folder))
        try:
            for port in (ours, theirs):
                client(port, given.clients, given.warm)
            rates, percentiles, costs = [], [], []
            for i in range(given.rounds):
                order = [("ours", ours, processes[0]), ("theirs", theirs, processes[1])][:: 1 if i % 2 else -1]
                seen, cost = {}, {}
                for name, port, process in order:
                    before, begin = processor_seconds(process), time.perf_counter()
                    seen[name] = client(port, given.clients, given.seconds)
                    requests = seen[name][0] * (time.perf_counter() - begin)
                    cost[name] = 1e3 * (processor_seconds(process) - before) / requests
                print(
                    "round %d: aiis %.0f/s, p99 %.1f ms, %.3f ms of a processor; MLServer %.0f/s, p99 %.1f ms, %.3f ms of a processor"
                    % (i + 1, *seen["ours"], cost["ours"], *seen["theirs"], cost["theirs"]), flush=True
                )
                costs.append(cost["theirs"] / cost["ours"])
                rates.append(seen["ours"][0] / seen["theirs"][0])
                percentiles.append(seen["theirs"][1] / seen["ours"][1])
            print("client:", given.client)
            print("requests a second, aiis against MLServer: times", interval(rates))
            print("p99, MLServer against aiis:               times", interval(percentiles))
            if costs[0] == costs[0]:
                print("processor time, MLServer against aiis:    times", interval(costs))
        finally:
            for process in processes:
                process.send_signal(signal.SIGTERM)


if __name__ == "__main__":
    main()
