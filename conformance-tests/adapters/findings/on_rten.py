"""rten 0.27.0 against ONNX's text, through the program rten-run of ../rust (`cargo build --release -p aiis-rten`), whose path is
in RTEN_RUN. Needs onnx and numpy. See ../FINDINGS.md."""
import os

from native import native
from onnx import helper, numpy_helper
from shared import chain, f32, functions, main, node, one

import numpy as np

run = native(os.environ.get("RTEN_RUN", "rten-run"))


def conv_dilations_left_out():
    """strides alone are given; so it is with strides left out and dilations given."""
    feeds = {"x": np.ones((1, 1, 4, 4), np.float32), "w": np.ones((1, 1, 2, 2), np.float32)}
    return one("Conv", feeds, {"y": np.full((1, 1, 2, 2), 4, np.float32)}, "Conv, dilations: 1 along each axis where they are left out",
               seen="expected 2", strides=[2, 2])


def conv_plain():
    feeds = {"x": np.ones((1, 1, 3, 3), np.float32), "w": np.ones((1, 1, 2, 2), np.float32)}
    return one("Conv", feeds, {"y": np.full((1, 1, 2, 2), 4, np.float32)}, "Conv, strides: 1 along each axis where they are left out",
               seen="expected 2")


def truths(got):
    """not 0, not 0, 0 (rten has int32 for bool)"""
    return (got["y"] != 0).tolist() == [True, True, False]


def cast_to_bool():
    return one("Cast", {"x": f32(0.25, -1.5, 0)}, truths, "Cast: to bool, zero is false and all else true", y=np.array([True]), to=9)


def castlike_to_bool():
    return one("CastLike", {"x": f32(0.25, -1.5, 0)}, truths, "CastLike: as Cast", 19, y=np.array([True]), constants={"like": np.array([False])})


def eyelike_float64():
    return one("EyeLike", {"x": f32([0, 0])}, {"y": np.array([[1.0, 0.0]])}, "EyeLike, attribute dtype", dtype=11)


def cast_float64():
    return one("Cast", {"x": f32(0.5, 1.5)}, {"y": np.array([0.5, 1.5])}, "Cast, attribute to", to=11)


def castlike_float64():
    return one("CastLike", {"x": f32(0.5)}, {"y": np.array([0.5])}, "CastLike, output: the type of the second input", constants={"like": np.zeros(1)})


def averagepool_plain():
    return one("AveragePool", {"x": np.ones((1, 1, 3, 3), np.float32)}, {"y": np.ones((1, 1, 2, 2), np.float32)},
               "AveragePool, strides: 1 along each axis where they are left out", 22, seen="strides len", kernel_shape=[2, 2])


def attention_nan():
    q = np.ones((1, 1, 2, 4), np.float32)
    q[0, 0, 1, 0] = np.nan

    def wanted(got):
        """NaN where a query holds NaN, and nowhere else"""
        return bool(np.array_equal(np.isnan(got["y"][0, 0]), [[False] * 4, [True] * 4]))
    k = np.ones((1, 1, 3, 4), np.float32)
    return one("Attention", {"q": q, "k": k, "v": k}, wanted, "Attention: softmax(Q K^T) V", 23, y=k)


# Not of the sample: what a maintainer would want to know first.


def batchnormalization_batch_0():
    ones = np.ones(2, np.float32)
    x = np.zeros((0, 2, 3), np.float32)
    return one("BatchNormalization", {"x": x}, {"y": x}, "BatchNormalization: N may be 0", 15, seen="died",
               constants={"s": ones, "b": ones, "m": ones, "v": ones})


def slice_step_0():
    numbers = {name: np.array([value], np.int64) for name, value in (("s", 0), ("e", 2), ("a", 0), ("t", 0))}
    return one("Slice", {"x": f32(1, 2)}, "a refusal", "Slice, steps: cannot be 0", seen="died", y=f32(0), constants=numbers)


def nms_max_left_out():
    feeds = {"boxes": np.array([[[0, 0, 1, 1]]], np.float32), "scores": np.array([[[0.9]]], np.float32)}
    return one("NonMaxSuppression", feeds, lambda got: got["y"].shape[0] == 0, "NonMaxSuppression, max_output_boxes_per_class: 0, the default, means none",
               y=np.zeros((1, 3), np.int64))


def reducel2_noop():
    def wanted(got):
        """|x| element by element: 3"""
        return bool((got["y"] == 3).all())
    return one("ReduceL2", {"x": f32([-3])}, wanted, "ReduceL2-18, noop_with_empty_axes: an elementwise square root of the square", 18, y=f32([0]),
               noop_with_empty_axes=1)


def sign_zero():
    return one("Sign", {"x": f32(0, 2)}, lambda got: got["y"].tolist() == [0, 1], "Sign: 0 for 0", y=f32(0))


def sequence_insert():
    nodes = [node("SequenceConstruct", "a b", "s"), helper.make_node("SequenceInsert", ["s", "c", "p"], ["t"], name="n1"),
             helper.make_node("SequenceAt", ["t", "one"], ["y"], name="n2")]
    constants = [numpy_helper.from_array(np.array(v, np.int64), k) for k, v in (("p", -1), ("one", 1))]
    return chain(nodes, {"a": f32(1), "b": f32(2, 2), "c": f32(3, 3, 3)}, {"y": f32(3, 3, 3)}, "SequenceInsert, position −1: before the last element",
                 initializers=constants)


def bfloat16_initializer():
    w = helper.make_tensor("w", 16, [2], f32(1, 2).tolist())
    return chain([helper.make_node("Cast", ["w"], ["y"], to=1)], {}, {"y": f32(1, 2)}, "IR, TensorProto: BFLOAT16; Cast-13", seen="BFLOAT16", initializers=[w])


def abs_bool():
    nodes = [helper.make_node("Cast", ["x"], ["b"], to=9), node("Abs", "b", "y")]
    return chain(nodes, {"x": f32(1, 0)}, "a refusal", "Abs-13, type constraint T: numeric types", y=np.array([True]))


def randomnormal_float64():
    def wanted(got):
        """float64"""
        return got["y"].dtype == np.float64
    return chain([helper.make_node("RandomNormal", [], ["y"], dtype=11, shape=[3])], {}, wanted, "RandomNormal, attribute dtype", y=np.zeros(3))


def atanh_near_one():
    x = f32(1 - 2.0**-24, -(1 - 2.0**-24))

    def wanted(got):
        """8.6643 and -8.6643, within 1e-4"""
        return bool(np.all(np.abs(got["y"] - np.arctanh(x.astype(np.float64))) < 1e-4))
    return one("Atanh", {"x": x}, wanted, "Atanh", y=x)


def argmin_attribute_kind():
    return one("ArgMin", {"x": f32([1, 2], [2, 1])}, "a refusal", "ArgMin-13, axis: an int (onnx.checker refuses it)", y=np.zeros((1, 2), np.int64), axis=0.0)


def loop_condition_int64():
    value = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
    body = helper.make_graph([helper.make_node("Identity", ["c"], ["more"]), helper.make_node("Identity", ["a"], ["b"])], "body",
                             [value("i", 7, ()), value("c", 9, ()), value("a", 1, (2,))], [value("more", 9, ()), value("b", 1, (2,))])
    feeds = {"n": np.array(2), "c": np.array(1), "a": f32(1, 2)}
    finding = one("Loop", feeds, "a refusal", "Loop-13, type constraint B: tensor(bool)", y=f32(0), body=body)
    finding.feeds = {name: array.astype(np.int32) if array.dtype == np.int64 else array for name, array in feeds.items()}  # rten has no int64.
    return finding


def eyelike_float16():
    return one("EyeLike", {"x": f32([0, 0])}, lambda got: got["y"].dtype == np.float16, "EyeLike, attribute dtype: float16", 22, y=np.zeros((1, 2), np.float16), dtype=10)


if __name__ == "__main__":
    main("rten 0.27.0", run, {name: f for name, f in functions(globals()).items() if name != "truths"})
