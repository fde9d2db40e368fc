"""OpenCV's DNN module, version 5, on the processor.

    python -m pip install -r requirements-opencv.txt
    aiis run --backend 'exec:/path/to/python /path/to/opencv_adapter.py' --grade quick

Options, as NAME=VALUE behind the file's name: engine (auto, new, classic), threads (1), fusion (on, off).

Placement: one executor; OpenCV tells nothing of a node. See the worker protocol, "A runtime with one executor". Its import
folds nodes with constant inputs.
"""
import platform

import aiis_graph
import cv2
import numpy as np
from aiis_wire import NUMBERS, Unreachable, word_of
from aiis_worker import Adapter, libraries, runtime_call, serve

ENGINES = {"auto": cv2.dnn.ENGINE_AUTO, "new": cv2.dnn.ENGINE_NEW, "classic": cv2.dnn.ENGINE_CLASSIC}
# Types of which the binding makes a Mat.
TAKEN = {"float32", "float16", "float64", "bool", *(f"{u}int{n}" for u in ("", "u") for n in (8, 16, 32, 64))}

# What the binding makes of a Mat of bfloat16, for which it has no type: uint16, or uint64 that reads beyond the Mat's end.
BLURRED = (np.uint16, np.uint64)


def code(e):
    """cv::Error's number, such as -213 (not implemented); OpenCV gives it names in its message alone."""
    return f"{type(e).__name__}({e.code})" if hasattr(e, "code") else type(e).__name__


class OpenCv(Adapter):
    def describe(self, options):
        self.engine, fusion = options.pop("engine", "auto"), options.pop("fusion", "on")
        threads = int(options.pop("threads", "1"))
        if options or self.engine not in ENGINES or fusion not in ("on", "off"):
            raise ValueError(f"unknown option or value in engine={self.engine}, fusion={fusion}, {options}")
        self.fusion = fusion == "on"
        cv2.setNumThreads(threads)
        properties = {"api": "Python", "engine": self.engine, "threads": cv2.getNumThreads(), "fusion": fusion,
                      "backend": "DNN_BACKEND_OPENCV", "target": "DNN_TARGET_CPU", "placement": "one executor",
                      "os": f"{platform.system()} {platform.machine()}"}
        return {"name": "OpenCV DNN", "vendor": "OpenCV", "version": cv2.__version__, "backend": "exec",
                "provider": "OpenCV", "libraries": libraries("cv2", "opencv_python_headless"), "properties": properties}

    def load(self, model, profiled):
        return aiis_graph.read(model), self.net(np.frombuffer(model, np.uint8))

    def load_file(self, path, profiled=False):
        with open(path, "rb") as file:
            return aiis_graph.read(file.read()), self.net(path)

    def net(self, model):
        with runtime_call(code):
            net = cv2.dnn.readNetFromONNX(model, ENGINES[self.engine])
            net.setPreferableBackend(cv2.dnn.DNN_BACKEND_OPENCV)
            net.setPreferableTarget(cv2.dnn.DNN_TARGET_CPU)
            net.enableFusion(self.fusion)
        return net

    def run(self, session, inputs, outputs):
        graph, net = session
        for name, array in inputs.items():
            if word_of(array) not in TAKEN:
                raise Unreachable(f"cv2 makes no Mat of elements of type {word_of(array)}")
        names = outputs or list(graph.outputs)
        with runtime_call(code):
            for name, array in inputs.items():
                net.setInput(np.asarray(array, order="C"), name)  # ascontiguousarray makes rank 0 rank 1.
            values = self.forward(net, names, list(graph.outputs))
        empty = [name for name, value in zip(names, values) if value is None]
        if empty:
            raise Unreachable(f"the binding answers None for an empty Mat, and the shape of {empty} is lost")
        if blurred := [n for n, v in zip(names, values) if graph.outputs.get(n) == NUMBERS["bfloat16"] and v.dtype in BLURRED]:
            raise Unreachable(f"the binding answers another type for a Mat of bfloat16, so that the type of {blurred} is lost")
        # A copy: the Mats are the net's, and the next run writes to them.
        return {name: np.array(value) for name, value in zip(names, values)}

    @staticmethod
    def forward(net, names, every):
        """Net.forward takes a list of all outputs, or one name by itself; of several but not all, these are picked."""
        if len(names) == 1 < len(every):
            return [net.forward(names[0])]
        values = dict(zip(every, net.forward(every)))
        return [values[name] for name in names]

    def close(self, session):
        return session[0].placed("OpenCV", folds=True)


if __name__ == "__main__":
    serve(OpenCv())
