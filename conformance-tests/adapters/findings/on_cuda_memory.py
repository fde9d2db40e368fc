"""Whether sessions of ONNX Runtime give back the memory of the host: sessions of one small model, one after the other, each run once and closed.
Needs numpy, onnx and onnxruntime-gpu.

    python on_cuda_memory.py [CYCLES]

Prints the resident memory every hundred sessions, on the CUDA provider and then, in a process of its own, on the CPU provider. Exit status 0: after
the first 400 a session of the CUDA provider keeps more than 16 KiB, and one of the CPU provider does not (SESS-MEMORY of this standard).
"""
import subprocess
import sys

import numpy as np
import onnxruntime as ort
from shared import f32, model, node

WARM, KEPT = 400, 16384


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


def cycles(provider, count):
    if hasattr(ort, "preload_dlls"):
        ort.preload_dlls()
    x = f32(*np.linspace(-1, 1, 64)).reshape(1, 64)
    weights = np.linspace(-1, 1, 64 * 64, dtype=np.float32).reshape(64, 64)
    bytes_ = model([node("MatMul", "x w", "y")], {"x": x, "w": weights}, {"y": x}, 17)
    warm = 0
    for number in range(1, count + 1):
        session = ort.InferenceSession(bytes_, providers=[provider])
        if session.get_providers()[0] != provider:
            raise OSError(f"{provider} is not to be had here")
        session.run(None, {"x": x, "w": weights})
        del session
        warm = resident() if number == WARM else warm
        if number % 100 == 0:
            print(f"{provider} {number} sessions: {resident() >> 10} KiB", flush=True)
    print(f"{provider} keeps {(resident() - warm) / (count - WARM):.0f} bytes a session", flush=True)
    return (resident() - warm) / (count - WARM)


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    if len(sys.argv) > 2:
        sys.exit(0 if cycles("CPUExecutionProvider", many) > KEPT else 1)
    leaks = cycles("CUDAExecutionProvider", many) > KEPT
    cpu = subprocess.run([sys.executable, __file__, str(many), "cpu"], check=False).returncode == 0
    sys.exit(0 if leaks and not cpu else 1)
