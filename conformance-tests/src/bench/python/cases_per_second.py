"""Cases a second of 'aiis run', with oracle, judge and evidence, against a bare loop of InferenceSession in Python that
judges nothing: the same models and inputs, turn by turn in one run.

    ./mvnw -DskipTests package
    python conformance-tests/src/bench/python/cases_per_second.py [ROUNDS] [GRADE]

Needs the packages onnx, onnxruntime, numpy and ml_dtypes. Prints each round and the median ratio.
"""

import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import onnx
import onnxruntime
from onnx import numpy_helper

home = pathlib.Path(__file__).resolve().parents[4]
rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
grade = sys.argv[2] if len(sys.argv) > 2 else "full"
select = [f"OP-*-{facet}" for facet in ("VALUES", "TYPES", "SHAPES", "SPECIAL")]


def exported(folder):
    """The cases in memory: bytes of the model, and its inputs by name."""
    subprocess.run([home / "aiis", "export-vectors", "--grade", grade, "--out", folder], check=True, capture_output=True)
    cases = []
    for case in sorted((folder / "accept").iterdir()):
        if re.match("OP-.*-(VALUES|TYPES|SHAPES|SPECIAL)__", case.name):
            data = case / "test_data_set_0"
            protos = [onnx.load_tensor(data / f"input_{i}.pb") for i in range(len(list(data.glob("input_*.pb"))))]
            feeds = {proto.name: numpy_helper.to_array(proto) for proto in protos}
            cases.append(((case / "model.onnx").read_bytes(), feeds))
    return cases


def surviving(cases):
    """The cases that do not kill the process: the suite outlives those, a bare loop would end there."""
    alive, at = [], 0
    while at < len(cases):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            for number in range(at, len(cases)):
                os.write(write, b".")
                loop(cases[number : number + 1])
            os._exit(0)
        os.close(write)
        begun = 0
        while chunk := os.read(read, 65536):
            begun += len(chunk)
        os.close(read)
        _, status = os.waitpid(child, 0)
        done = begun if status == 0 else begun - 1
        alive += cases[at : at + done]
        at += begun if begun else 1
    return alive


def loop(cases):
    """Seconds for a session and a run of each; what ONNX Runtime refuses counts too, as it does for the suite."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    start = time.perf_counter()
    for model, feeds in cases:
        try:
            onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"]).run(None, feeds)
        except Exception:
            pass
    return time.perf_counter() - start


def suite(folder):
    """Cases a second that the suite drove, judged and kept as evidence."""
    selected = [word for glob in select for word in ("--select", glob)]
    said = subprocess.run(
        [home / "aiis", "run", "--grade", grade, "--out", folder, *selected], capture_output=True, text=True
    )
    drove = re.search(r"drove (\d+) cases in ([\d.]+) s", said.stderr)
    return int(drove.group(1)) / float(drove.group(2))


with tempfile.TemporaryDirectory() as scratch:
    every = exported(pathlib.Path(scratch) / "vectors")
    cases = surviving(every)
    print(f"{len(every) - len(cases)} cases that kill the process are left out of the loop", flush=True)
    ratios = []
    for number in range(rounds):
        ours = suite(pathlib.Path(scratch) / f"bundle{number}")
        theirs = len(cases) / loop(cases)
        ratios.append(ours / theirs)
        print(f"suite {ours:.0f} cases/s, Python loop {theirs:.0f} cases/s, ratio {ours / theirs:.2f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.2f} of {rounds} rounds over {len(cases)} cases")
