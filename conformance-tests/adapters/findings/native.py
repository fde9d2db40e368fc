"""Runs a model by one of the programs rten-run and tract-run, which take tensors as NAME=TYPE:SHAPE:VALUES and print them so."""
import os
import subprocess
import tempfile

import numpy as np

SHORT = {"float32": "f32", "float64": "f64", "float16": "f16", "bool": "bool", **{f"{u}int{n}": f"{u or 'i'}{n}" for u in ("", "u") for n in (8, 16, 32, 64)}}
LONG = {short: name for name, short in SHORT.items()}


def word(name, array, kinds):
    kind = SHORT[kinds.get(str(array.dtype), str(array.dtype))]
    number = str if array.dtype.kind == "f" else int
    values = ",".join(str(number(x)) if number is int else repr(float(x)) for x in array.ravel())
    return f"{name}={kind}:{'x'.join(map(str, array.shape))}:{values}"


def tensor(text):
    kind, shape, values = text.split(":", 2)
    extents = [int(n) for n in shape.split("x") if n]
    told = [v for v in values.split(",") if v]
    if kind == "bool":
        told = [v in ("true", "1") for v in told]
    return np.array([v if isinstance(v, bool) else float(v) if kind[0] == "f" else int(v) for v in told], LONG[kind]).reshape(extents)


def native(program, kinds=None):
    """kinds: numpy types that the runtime takes as another one."""
    def run(bytes_, feeds):
        with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
            file.write(bytes_)
            file.flush()
            words = [word(name, array, kinds or {}) for name, array in feeds.items()]
            done = subprocess.run([program, file.name, *words], capture_output=True, text=True)
        if done.returncode:
            os._exit(done.returncode & 127 or 1)  # It died, and so does the process that tried it.
        if done.stdout.startswith("refused"):
            raise RuntimeError(done.stdout.strip())
        lines = [line.split("=", 1) for line in done.stdout.splitlines()]
        return {name: tensor(text) for name, text in lines}

    return run
