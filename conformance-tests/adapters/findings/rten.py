"""rten 0.27.0 against ONNX's text, through the program rten-run of ../rust (`cargo build --release -p aiis-rten`), whose path is
in RTEN_RUN. Needs onnx and numpy. See ../FINDINGS.md."""
import os

from native import native
from onnx import helper, numpy_helper
from shared import chain, f32, functions, main, node, one

import numpy as np

run = native(os.environ.get("RTEN_RUN", "rten-run"))


def conv_strides_left_out():
    feeds = {"x": np.ones((1, 1, 3, 3), np.float32), "w": np.ones((1, 1, 2, 2), np.float32)}
    return one("Conv", feeds, {"y": np.full((1, 1, 2, 2), 4, np.float32)}, "Conv, strides: 1 along each axis where it is left out",
               seen="expected 2 stride values")


def cast_float64():
    return one("Cast", {"x": f32(0.5, 1.5)}, {"y": np.array([0.5, 1.5])}, "Cast, attribute to", to=11)


def castlike_float64():
    zero = helper.make_node("Constant", [], ["like"], value=numpy_helper.from_array(np.zeros(1)))
    return chain([zero, node("CastLike", "x like", "y")], {"x": f32(0.5)}, {"y": np.array([0.5])}, "CastLike, output: the type of the second input")


if __name__ == "__main__":
    main("rten 0.27.0", run, functions(globals()))
