"""Forms of operators that ONNX Runtime runs on the CPU provider, without an error, where it runs another form of the same operator on the
device. Each is shown three times: the other form, this form, and this form where the CPU provider is ruled out. See ../FINDINGS.md."""
import numpy as np
from onnx import TensorProto, helper
from paired import Several
from shared import f32, functions, model, node

NO_CPU = {"session": {"session.disable_cpu_ep_fallback": "1"}}


def _form(op, why, other, this, opset=17, **more):
    """other, this: (node, inputs, outputs); other is None where the operator has no form on the device."""
    made = lambda shape: model(shape[0] if isinstance(shape[0], list) else [shape[0]], shape[1], shape[2], opset, **more)
    tries = {"another form ran on": (made(other), other[1], {})} if other else {}
    tries |= {"this form ran on": (made(this), this[1], {}), "without the CPU provider": (made(this), this[1], NO_CPU)}

    def wanted(got):
        """the provider that was asked for, or an error: profiles forbid a silent fallback"""
        return str(got["this form ran on"]) != "CPUExecutionProvider"
    return Several(tries, lambda outputs, ran: ran.get(op, "nothing"), wanted, f"EVID-PLACEMENT of this standard; {op}: {why}", beside=False)


def onehot_depth_int32():
    def shape(depth):
        feeds = {"i": np.array([3, 1, -6, 0]), "d": depth, "v": f32(0.25, 3)}
        return node("OneHot", "i d v", "y"), feeds, {"y": np.zeros((4, 7), np.float32)}
    return _form("OneHot", "depth of int32 beside int64", shape(np.array(7)), shape(np.array(7, np.int32)))


def quantize_fnuz():
    def shape(kind):
        zero = helper.make_node("Constant", [], ["z"], value=helper.make_tensor("z", kind, [], [0.0]))
        back = helper.make_node("DequantizeLinear", ["q", "s", "z"], ["y"])
        x = f32(0.5, 1, 2)
        return [zero, node("QuantizeLinear", "x s z", "q"), back], {"x": x, "s": np.array(0.5, np.float32)}, {"y": x}
    return _form("QuantizeLinear", "to float8e4m3fnuz", shape(TensorProto.FLOAT8E4M3FN), shape(TensorProto.FLOAT8E4M3FNUZ), 21)


def linear_classifier():
    x = np.ones((7, 2), np.float32)
    made = helper.make_node("LinearClassifier", ["x"], ["l", "s"], name="n0", domain="ai.onnx.ml", coefficients=[1.0, 2.0, -1.0, 0.5],
                            intercepts=[0.5, -1.0], classlabels_ints=[4, -2])
    outputs = {"l": np.zeros(7, np.int64), "s": np.zeros((7, 2), np.float32)}
    return _form("LinearClassifier", "any form", None, (made, {"x": x}, outputs), 21, domains=[("ai.onnx.ml", 1)])


def convtranspose_pads():
    x, w = np.ones((1, 2, 5, 5), np.float32), np.ones((2, 3, 3, 3), np.float32)
    shape = lambda pads: (node("ConvTranspose", "x w", "y", pads=pads), {"x": x, "w": w}, {"y": x})
    return _form("ConvTranspose", "pads that differ at begin and end", shape([1, 1, 1, 1]), shape([1, 0, 2, 1]))


def _recurrent(op, gates, **attributes):
    x, w, r = np.ones((4, 3, 5), np.float32), np.full((1, 7 * gates, 5), 0.1, np.float32), np.full((1, 7 * gates, 7), 0.1, np.float32)
    return node(op, "x w r", "y", hidden_size=7, **attributes), {"x": x, "w": w, "r": r}, {"y": np.ones((4, 1, 3, 7), np.float32)}


def rnn_clip():
    return _form("RNN", "clip", _recurrent("RNN", 1), _recurrent("RNN", 1, clip=0.25))


def lstm_activations():
    return _form("LSTM", "activations other than the default", _recurrent("LSTM", 4), _recurrent("LSTM", 4, activations=["Relu", "Tanh", "Tanh"]))


def lstm_input_forget():
    return _form("LSTM", "input_forget", _recurrent("LSTM", 4), _recurrent("LSTM", 4, input_forget=1))


def lstm_peepholes():
    _, feeds, outputs = _recurrent("LSTM", 4)
    made = helper.make_node("LSTM", ["x", "w", "r", "", "", "", "", "p"], ["y"], name="n0", hidden_size=7)
    return _form("LSTM", "peepholes", _recurrent("LSTM", 4), (made, feeds | {"p": np.full((1, 21), 0.1, np.float32)}, outputs))


def sequence_length():
    """What follows a SequenceLength stays on the CPU provider, a multiplication of floats too."""
    x = f32(1, 2, 3)
    length = [helper.make_node("SequenceConstruct", ["x", "x"], ["q"]), helper.make_node("SequenceLength", ["q"], ["n"])]
    rest = [helper.make_node("Cast", ["n"], ["f"], to=1), node("Mul", "x f", "y")]
    return _form("Mul", "after SequenceLength", ([rest[1]], {"x": x, "f": np.array(2, np.float32)}, {"y": x}), (length + rest, {"x": x}, {"y": x}))


FORMS = functions(globals())
