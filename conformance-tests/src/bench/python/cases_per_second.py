"""Cases a second of 'aiis run', with oracle, judge and evidence, against a bare loop of InferenceSession in Python that
judges nothing: the same models and inputs, turn by turn in one run.

    ./mvnw -DskipTests package
    python conformance-tests/src/bench/python/cases_per_second.py [ROUNDS] [GRADE…]

Needs the packages onnx, onnxruntime, numpy and ml_dtypes. The suite takes all cores, with a worker for each. The loop is one
process, warmed up, written two ways: with sessions as they come, which start a thread for each further core, as whoever writes
the loop does it (and the run.py beside exported vectors); and with sessions of one thread, which is faster on models so small.
So each round says, for all: cases a second as one waits for them; for the suite from the first case to the last, and from the
start of the command to its end, which makes the catalogue before and the report behind; and cases a second of processor time,
of all that the command took, its start and its report too. The last is the fairer one where other work shares the machine.
"""

import os
import pathlib
import re
import resource
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
grades = sys.argv[2:] or ["quick", "full"]
select = [f"OP-*-{facet}" for facet in ("VALUES", "TYPES", "SHAPES", "SPECIAL")]


def exported(folder, grade):
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
                loop(cases[number : number + 1], alone())
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


def alone():
    """Sessions of one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options


def loop(cases, options):
    """A session and a run of each; what ONNX Runtime refuses counts too, as it does for the suite."""
    options.log_severity_level = 4
    for model, feeds in cases:
        try:
            onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"]).run(None, feeds)
        except Exception:
            pass


def rates(cases, options):
    """Cases a second of the loop: of time, and of processor time."""
    loop(cases[: len(cases) // 10], options)
    start, cpu = time.perf_counter(), time.process_time()
    loop(cases, options)
    return len(cases) / (time.perf_counter() - start), len(cases) / (time.process_time() - cpu)


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def suite(folder, grade):
    """Cases a second that the suite drove, judged and kept as evidence: driving, of the whole command, of processor time."""
    selected = [word for glob in select for word in ("--select", glob)]
    start, cpu = time.perf_counter(), children()
    said = subprocess.run(
        [home / "aiis", "run", "--grade", grade, "--out", folder, *selected], capture_output=True, text=True
    )
    whole, cpu = time.perf_counter() - start, children() - cpu
    drove = re.search(r"drove (\d+) cases in ([\d.]+) s", said.stderr)
    memory = re.search(r"memory at most.*", said.stderr)
    count = int(drove.group(1))
    return count / float(drove.group(2)), count / whole, count / cpu, memory.group(0)


def compare(grade, scratch):
    every = exported(scratch / f"vectors-{grade}", grade)
    cases = surviving(every)
    print(f"{grade}: {len(cases)} cases; {len(every) - len(cases)} that kill the process are left out of the loop", flush=True)
    loops = {"sessions as they come": onnxruntime.SessionOptions, "sessions of one thread": alone}
    ratios = {name: ([], []) for name in loops}
    for number in range(rounds):
        driving, whole, ours, memory = suite(scratch / f"bundle-{grade}-{number}", grade)
        print(
            f"  suite {driving:.0f} cases/s on {cores} cores ({whole:.0f} with start and report), {ours:.0f} a second of CPU;"
            f" {memory}",
            flush=True,
        )
        for name, options in loops.items():
            wall, theirs = rates(cases, options())
            waits, shares = ratios[name]
            waits.append(driving / wall)
            shares.append(ours / theirs)
            print(
                f"  Python loop, {name}: {wall:.0f} cases/s, {theirs:.0f} a second of CPU;"
                f" suite against it {waits[-1]:.2f} as one waits, {shares[-1]:.2f} by CPU",
                flush=True,
            )
    for name, (waits, shares) in ratios.items():
        print(
            f"{grade}, {name}: median ratio {statistics.median(waits):.2f} as one waits,"
            f" {statistics.median(shares):.2f} by CPU, of {rounds} rounds",
            flush=True,
        )


cores = len(os.sched_getaffinity(0))
with tempfile.TemporaryDirectory() as scratch:
    for grade in grades:
        compare(grade, pathlib.Path(scratch))
