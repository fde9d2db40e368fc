"""OpenCV 5.0.0's DNN module against ONNX's text. Environment: ../python/requirements-opencv.txt and onnx. See ../FINDINGS.md."""
import os

os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
import cv2
import numpy as np
from shared import f32, functions, main, one

HALVES = np.array([1.5, -2], np.float16)


def run(bytes_, feeds):
    net = cv2.dnn.readNetFromONNX(np.frombuffer(bytes_, np.uint8))
    for name, array in feeds.items():
        net.setInput(array, name)
    return {"y": net.forward(["y"])[0]}


def size_rank():
    return one("Size", {"x": np.zeros((3, 5))}, {"y": np.array(15)}, "Size, output: a scalar")


def cast_uint64():
    return one("Cast", {"x": f32(85, 46)}, {"y": np.array([85, 46], np.uint64)}, "Cast, attribute to", to=13)


def cast_float16():
    return one("Cast", {"x": f32(1.5, -2)}, {"y": HALVES}, "Cast, attribute to", to=10)


def castlike_float16():
    return one("CastLike", {"x": f32(1.5, -2), "like": HALVES[:1]}, {"y": HALVES}, "CastLike, output: the type of the second input")


def thresholdedrelu_float64():
    x = np.array([1.0 + 2**-40, 0.5])
    return one("ThresholdedRelu", {"x": x}, {"y": np.array([1.0 + 2**-40, 0])}, "ThresholdedRelu: y = x where x > alpha, 0 elsewhere")


def loss_float64():
    x = np.eye(2, 3) * -1.1
    return one("NegativeLogLikelihoodLoss", {"x": x, "t": np.array([0, 1])}, {"y": np.array(1.1)},
               "NegativeLogLikelihoodLoss, type constraint T: the loss is of the input's type")


def softsign_subnormal():
    def wanted(got):
        """y[0] is about 7e-40"""
        return abs(float(got["y"][0]) - 7e-40) < 1e-43
    return one("Softsign", {"x": f32(7e-40, 0.5, 1, 2)}, wanted, "Softsign: x / (1 + |x|); NUM-FLUSH-UNIFORM of this standard", y=f32(0))


def conv_kernel_shape():
    feeds = {"x": np.ones((1, 2, 5, 6), np.float32), "w": np.ones((3, 2, 3, 2), np.float32)}
    return one("Conv", feeds, "a refusal", "Conv, input W: its last extents are kernel_shape", 22, y=feeds["x"], kernel_shape=[2, 2])


def reduce_axes_attribute():
    x = np.ones((2, 3), np.float32)
    return one("ReduceL1", {"x": x}, "a refusal", "ReduceL1-18, attributes: axes is an input there", 21, y=x, axes=[1])


if __name__ == "__main__":
    main("OpenCV DNN " + cv2.__version__, run, functions(globals()))
