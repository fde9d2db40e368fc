"""The oracle against ONNX's ReferenceEvaluator on ResNet-18, turn by turn on the same model and image.

    ./mvnw -Pbench -pl reference-impl -am -DskipTests package
    python reference-impl/src/bench/python/resnet.py [ROUNDS]

Needs the packages onnx and numpy. Prints each round and the median ratio.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator

target = pathlib.Path(__file__).resolve().parents[3] / "target"
classpath = os.pathsep.join(
    [str(target / "test-classes"), str(target / "classes"), (target / "bench-classpath").read_text().strip()]
)
rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
with tempfile.TemporaryDirectory() as folder:
    peer = subprocess.Popen(
        ["java", "-cp", classpath, "org.aiis.reference.bench.Peer", folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert peer.stdout.readline().strip() == "ready"
    model = onnx.load(folder + "/model.onnx")
    x = onnx.numpy_helper.to_array(onnx.load_tensor(folder + "/x.pb"))
    reference = ReferenceEvaluator(model)
    ratios = []
    for number in range(rounds + 3):
        peer.stdin.write("go\n")
        peer.stdin.flush()
        ours, first = map(float, peer.stdout.readline().split())
        start = time.perf_counter()
        y = reference.run(None, {"x": x})[0]
        theirs = time.perf_counter() - start
        assert np.isclose(first, y[0, 0], rtol=1e-3), (first, y[0, 0])
        if number >= 3:  # the first rounds warm up
            ratios.append(theirs / ours)
            print(f"oracle {ours:.3f} s, ReferenceEvaluator {theirs:.3f} s, ratio {theirs / ours:.1f}")
    peer.stdin.close()
    peer.wait()
print(f"median ratio {statistics.median(ratios):.1f} of {rounds} rounds")
