"""ONNX's ReferenceEvaluator 1.23.2 against ONNX's text. Environment: ../python/requirements-reference.txt. See ../FINDINGS.md."""
import numpy as np
import onnx
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from shared import chain, f32, functions, main, node, one


def run(bytes_, feeds):
    evaluator = ReferenceEvaluator(onnx.load_model_from_string(bytes_))
    return dict(zip(evaluator.output_names, evaluator.run(None, feeds)))


def reduce_uint32():
    x = np.array([[1, 2, 3]], np.uint32)
    return one("ReduceSumSquare", {"x": x}, {"y": np.array([[14]], np.uint32)}, "ReduceSumSquare-18, type constraint T: the output is of the input's type", 18)


def loop_scan_output():
    """A scan output of rank 2 in three iterations; one of rank 1 comes out right."""
    value = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
    body = helper.make_graph(
        [helper.make_node("Identity", ["c"], ["more"]), helper.make_node("Identity", ["a"], ["a_out"]), helper.make_node("Identity", ["a"], ["seen"])],
        "body", [value("i", TensorProto.INT64, ()), value("c", TensorProto.BOOL, ()), value("a", TensorProto.FLOAT, (1, 2))],
        [value("more", TensorProto.BOOL, ()), value("a_out", TensorProto.FLOAT, (1, 2)), value("seen", TensorProto.FLOAT, (1, 2))])
    feeds = {"n": np.array(3), "c": np.array(True), "a": f32([1, 2])}
    wanted = {"y": f32([1, 2]), "s": f32([[1, 2]], [[1, 2]], [[1, 2]])}
    return chain([node("Loop", "n c a", "y s", body=body)], feeds, wanted, "Loop: scan outputs gather a value for each iteration along a new first axis")


def unknown_attribute():
    return one("Floor", {"x": f32(1.5)}, "a refusal", "Floor, schema: no attributes (onnx.checker refuses it); EXCH-UNKNOWN-ATTRIBUTE of this standard",
               y=f32(0), no_such_attribute=1)


def optional_get_element():
    x = np.array([1, 2], np.int16)
    nodes = [node("Optional", "x", "o"), helper.make_node("OptionalGetElement", ["o"], ["y"])]
    return chain(nodes, {"x": x}, {"y": x}, "OptionalGetElement: the element, a tensor")


def dft_onesided_complex():
    x = np.zeros((2, 8, 2), np.float32)
    return one("DFT", {"x": x}, "a refusal", "DFT-20, onesided: a forward transform takes real input alone", 20, y=x, onesided=1)


def averagepool_nan():
    x = f32([1, 2, np.nan, 4]).reshape(1, 1, 2, 2)
    return one("AveragePool", {"x": x}, {"y": np.full((1, 1, 1, 1), np.nan, np.float32)}, "AveragePool: the average of all values of the window", kernel_shape=[2, 2])


def quantize_axis_float():
    return one("QuantizeLinear", {"x": f32(1, 2)}, "a refusal", "QuantizeLinear-25, attribute axis: an int (onnx.checker refuses a float)", 25, y=np.zeros(1, np.uint8),
               constants={"s": np.array(0.5, np.float32), "z": np.array(131, np.uint8)}, axis=1.5)


def batchnormalization_9():
    """Inference with the mean 0 and the variance 1 that are fed: y is x. Opset 11, as the OCR models of ../../models have it."""
    x = f32([[1, 2], [3, 4]])
    ones, zeros = f32([1, 1]).reshape(2), f32([0, 0]).reshape(2)
    return one("BatchNormalization", {"x": x, "scale": ones, "B": zeros, "mean": zeros, "var": ones}, {"y": x},
               "BatchNormalization-9, output case 2, Y alone (test mode): the mean and the variance of the inputs are used", 11, epsilon=0.0)


def dequantizelinear_11():
    x = np.array([3, 4], np.uint8)
    return one("DequantizeLinear", {"x": x, "s": f32(0.5).reshape(()), "z": np.array(1, np.uint8)}, {"y": f32([1, 1.5]).reshape(2)},
               "DequantizeLinear-10: y = (x - x_zero_point) * x_scale", 11, seen="refused")


def log_int32():
    return one("Log", {"x": np.array([1, 2, 3], np.int32)}, "a refusal", "Log-13, type constraint T: float types (type inference of onnx.checker refuses it)", y=np.zeros(3, np.int32))


def lrn_size_beyond():
    """Of three channels with size 9 each sees all three: 1 / (1 + 0.5 / 9 * 14)**0.75."""
    x = f32(1, 2, 3).reshape(1, 3, 1, 1)

    def wanted(got):
        """x / (bias + alpha / size * 14)**beta, 14 the sum of all three squares"""
        return bool(np.allclose(got["y"], x / (1 + 0.5 / 9 * 14) ** 0.75))
    return one("LRN", {"x": x}, wanted, "LRN, square_sum: from max(0, c - floor((size - 1) / 2)) to min(C - 1, c + ceil((size - 1) / 2))", y=x, size=9, alpha=0.5)


def dropout_bool():
    return one("Dropout", {"x": np.array([True, False])}, "a refusal", "Dropout-22, type constraint T: float types (type inference of onnx.checker refuses it)", 22,
               y=np.array([True]))


def trilu_string():
    x = np.array([["a", "b"], ["c", "d"]], object)
    return one("Trilu", {"x": x}, {"y": np.array([["a", "b"], ["", "d"]], object)}, "Trilu: zero, of which strings have none; OP-Trilu-D1 of this standard", 14)


def linear_classifier():
    """Scores of 1, 2 and 3."""
    made = helper.make_node("LinearClassifier", ["x"], ["y", "z"], domain="ai.onnx.ml", coefficients=[1.0, 2.0, 3.0], classlabels_ints=[4, -2, 9], multi_class=1)
    wanted = {"y": np.array([9]), "z": f32([1, 2, 3])}
    return chain([made], {"x": f32([1])}, wanted, "LinearClassifier: the class of each example, by its scores", 21, domains=[("ai.onnx.ml", 1)])


def gru_attribute_kind():
    feeds = {"x": np.zeros((1, 1, 1), np.float32), "w": np.zeros((1, 3, 1), np.float32), "r": np.zeros((1, 3, 1), np.float32)}
    return one("GRU", feeds, "a refusal", "GRU-22, hidden_size: an int (onnx.checker refuses it)", 22, y=np.zeros((1, 1, 1, 1), np.float32), hidden_size=1.0)


def batchnormalization_types():
    x, one_ = np.ones((1, 1, 2), np.float32), f32(1)
    feeds = {"x": x, "s": one_, "b": np.ones(1), "m": one_, "v": one_}
    return one("BatchNormalization", feeds, "a refusal", "BatchNormalization-15: scale and B are both of T1 (type inference of onnx.checker refuses it)", y=x)


if __name__ == "__main__":
    main("ReferenceEvaluator " + onnx.__version__, run, functions(globals()))
