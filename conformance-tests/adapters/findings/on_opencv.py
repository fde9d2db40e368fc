"""OpenCV 5.0.0's DNN module against ONNX's text. Environment: ../python/requirements-opencv.txt and onnx. See ../FINDINGS.md."""
import os
import pathlib
import tempfile

os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
import cv2
import numpy as np
from onnx import TensorProto, numpy_helper
from shared import Finding, f32, functions, main, model, node, one

HALVES = np.array([1.5, -2], np.float16)


OUTSIDE = "../outside.bin"  # Of a model that names it, the tensor w: 7 and 8, in a file beside the model's folder.


def run(bytes_, feeds):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "models", "m.onnx")
        path.parent.mkdir()
        path.write_bytes(bytes_)
        (path.parent / OUTSIDE).write_bytes(f32(7, 8).tobytes())
        net = cv2.dnn.readNetFromONNX(str(path) if OUTSIDE.encode() in bytes_ else np.frombuffer(bytes_, np.uint8))
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


def external_data_outside():
    w = numpy_helper.from_array(f32(0, 0), "w")
    w.ClearField("raw_data")
    w.data_location = TensorProto.EXTERNAL
    w.external_data.add(key="location", value=OUTSIDE)
    bytes_ = model([node("Add", "x w", "y")], {"x": f32(1, 2)}, {"y": f32(1, 2)}, initializers=[w])
    return Finding(bytes_, {"x": f32(1, 2)}, "a refusal", "External data, location: '..' is disallowed; ROB-EXTERNAL-DATA-PATH")


def reduce_axes_attribute():
    x = np.ones((2, 3), np.float32)
    return one("ReduceL1", {"x": x}, "a refusal", "ReduceL1-18, attributes: axes is an input there", 21, y=x, axes=[1])


def dft_parts():
    x = np.ones((2, 8, 3), np.float32)
    return one("DFT", {"x": x}, "a refusal", "DFT-20, input: the last extent is 1 (real) or 2 (complex)", 20, y=x)


def unknown_attribute():
    return one("LeakyRelu", {"x": f32(-1, 2)}, "a refusal", "LeakyRelu, schema: alpha alone (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard",
               y=f32(0), no_such_attribute=1)


def einsum_implicit_upper():
    x = f32([1, 2, 3], [4, 5, 6])
    return one("Einsum", {"x": x}, {"y": x.T.copy()}, "Einsum, equation: the output's indices in the order of ASCII, upper case first", seen="died", equation="aB")


def hannwindow_uint16():
    return one("HannWindow", {"n": np.array(10)}, {"y": np.zeros(10, np.uint16)}, "HannWindow, attribute output_datatype", output_datatype=4, periodic=0)


# Not of the sample: what a maintainer would want to know first.


def matmul_inner_0():
    feeds = {"x": np.zeros((2, 0), np.float32), "w": np.zeros((0, 3), np.float32)}
    return one("MatMul", feeds, {"y": np.zeros((2, 3), np.float32)}, "MatMul as numpy.matmul: an empty sum is 0", seen="died")


def einsum_sum_all():
    return one("Einsum", {"x": f32([1, 2], [3, 4])}, {"y": np.array(10, np.float32)}, "Einsum, equation: an empty output sums over all", seen="died",
               equation="ij->")


def bitwise_int64():
    x = np.array([5 << 40], np.int64)
    return one("BitwiseNot", {"x": x}, {"y": ~x}, "BitwiseNot, type constraint T: int64", 18)


def isnan_scalar():
    return one("IsNaN", {"x": np.array(-0.7540983, np.float32)}, {"y": np.array(False)}, "IsNaN: false for a number")


def equal_subnormal():
    return one("Equal", {"x": f32(0, 1), "z": f32(1e-45, 1)}, {"y": np.array([False, True])}, "Equal: by value")


def reducemax_minus_infinity():
    return one("ReduceMax", {"x": f32([-np.inf, -np.inf])}, {"y": f32([-np.inf])}, "ReduceMax: the maximum", axes=[1])


def resize_constant():
    """Elements that are all 2.4006 stay so: the weights of linear interpolation have a sum of 1."""
    def wanted(got):
        """2.4006 within three units in the last place"""
        return bool(np.all(np.abs(got["y"] - np.float32(2.4006)) <= 3 * np.spacing(np.float32(2.4006))))
    x = np.full((1, 1, 1, 1), 2.4006, np.float32)
    return one("Resize", {"x": x}, wanted, "Resize, mode linear; tolerance of this standard", y=x, constants={"r": f32(), "s": f32(1, 1, 3, 3)}, mode="linear")


def tanh_large():
    """Sixteen elements, since vectorised code is asked."""
    return one("Tanh", {"x": np.full(16, 100, np.float32)}, {"y": np.ones(16, np.float32)}, "Tanh: the hyperbolic tangent")


def swish_alpha():
    def wanted(got):
        """0.5 x, since sigmoid(0) is 0.5"""
        return bool(np.allclose(got["y"], [1, 2]))
    return one("Swish", {"x": f32(2, 4)}, wanted, "Swish: x * sigmoid(alpha * x)", 24, y=f32(0), alpha=0.0)


def mean_of_five():
    return one("Mean", {name: f32(value) for name, value in zip("abcde", (1, 2, 3, 4, 10))}, {"y": f32(4)}, "Mean: of all inputs")


def nms_max_left_out():
    return one("NonMaxSuppression", {"b": f32([[0, 0, 1, 1]]), "s": f32([[0.5]])}, {"y": np.zeros((0, 3), np.int64)},
               "NonMaxSuppression, max_output_boxes_per_class: 0, no output, where it is left out")


def same_lower():
    x = f32(1, 2, 3, 4).reshape(1, 1, 2, 2)
    return one("MaxPool", {"x": x}, {"y": f32(1, 2, 3, 4).reshape(1, 1, 2, 2)}, "MaxPool, auto_pad: the odd pad of SAME_LOWER lies at the beginning",
               kernel_shape=[2, 2], auto_pad="SAME_LOWER")


def shape_empty():
    return one("Shape", {"x": np.zeros((2, 3), np.float32)}, {"y": np.zeros(0, np.int64)}, "Shape-15: the result is empty where start > end",
               seen="start_ <= end_", start=2, end=1)


def clip_crossed():
    feeds = {"x": f32(1, 5), "lo": np.array(3, np.float32), "hi": np.array(2, np.float32)}
    return one("Clip", feeds, {"y": f32(2, 2)}, "Clip: max everywhere where min is greater than max", seen="actualMin <= actualMax")


def dropout_training():
    feeds = {"x": np.ones(1000, np.float32)}

    def wanted(got):
        """some zeros, the others 2"""
        return set(np.unique(got["y"])) == {0, 2}
    return one("Dropout", feeds, wanted, "Dropout, training_mode", y=f32(0), constants={"r": np.array(0.5, np.float32), "t": np.array(True)})


def selu_float16():
    return one("Selu", {"x": HALVES[:1]}, {"y": (HALVES[:1] * np.float16(2)).astype(np.float16)}, "Selu, type constraint T: float16 gives float16", gamma=2.0)


def scatternd_float16():
    feeds = {"x": HALVES, "i": np.array([[1]]), "u": HALVES[:1]}
    return one("ScatterND", feeds, {"y": HALVES[[0, 0]]}, "ScatterND, type constraint T: float16 gives float16", 13)


def reciprocal_float16():
    return one("Reciprocal", {"x": HALVES[1:]}, {"y": np.array([-0.5], np.float16)}, "Reciprocal, type constraint T: float16 gives float16")


def softplus_float64():
    x = np.array([0.5, 2.0])

    def wanted(got):
        """ln(1 + exp(x)) of float64, within 1e-12"""
        return bool(np.all(np.abs(got["y"] - np.log1p(np.exp(x))) < 1e-12))
    return one("Softplus", {"x": x}, wanted, "Softplus, type constraint T: in float64", 22, y=x)


def cos_unknown_attribute():
    return one("Cos", {"x": f32(1.5)}, "a refusal", "Cos, schema: no attributes (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard", 22, y=f32(0),
               no_such_attribute=1)


def gridsample_overshoot():
    """Halfway beside a step a cubic curve goes beyond it: 1.09375 with PyTorch's coefficient -0.75, 1.0625 with -0.5."""
    x = np.repeat(f32([0, 0, 0, 0, 1, 1, 1, 1]), 8, 0).reshape(1, 1, 8, 8)
    grid = f32([[[2 * (4.5 + 0.5) / 8 - 1, 0]]]).reshape(1, 1, 1, 2)

    def wanted(got):
        """more than 1.05; 1 is what the elements around it have at most"""
        return bool(got["y"].ravel()[0] > 1.05)
    return one("GridSample", {"x": x, "grid": grid}, wanted, "GridSample, mode bicubic", 16, y=x, mode="bicubic")


def squeeze_float16():
    return one("Squeeze", {"x": HALVES.reshape(1, 2)}, {"y": HALVES}, "Squeeze, type constraint T: float16 gives float16", constants={"axes": np.array([0])})


def relu_float16():
    return one("Relu", {"x": HALVES}, {"y": np.array([1.5, 0], np.float16)}, "Relu, type constraint T: float16 gives float16", 13)


def hardsigmoid_unknown_attribute():
    return one("HardSigmoid", {"x": f32(1)}, "a refusal", "HardSigmoid, schema (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard", 22, y=f32(0),
               no_such_attribute=1)


def quantize_tie():
    """6.5 becomes 6, and 131 more is 137; the sum of 137.5 would become 138."""
    x = np.full((2, 3), 3.25, np.float16)
    constants = {"s": np.array(0.5, np.float16), "z": np.array(131, np.uint8)}
    return one("QuantizeLinear", {"x": x}, {"y": np.full((2, 3), 137, np.uint8)},
               "QuantizeLinear: (x / y_scale) is rounded to the nearest even, then y_zero_point added", 19, constants=constants)


def bitwisexor_uint64():
    a, b = np.array([2**62 + 1], np.uint64), np.array([2**61 + 2], np.uint64)
    return one("BitwiseXor", {"a": a, "b": b}, {"y": a ^ b}, "BitwiseXor-18", 18)


if __name__ == "__main__":
    main("OpenCV DNN " + cv2.__version__, run, functions(globals()))
