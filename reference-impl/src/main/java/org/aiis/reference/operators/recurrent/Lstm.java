package org.aiis.reference.operators.recurrent;

import java.util.List;
import org.aiis.onnx.AttributeProto.AttributeType;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * C_t = f·C_{t−1} + i·c, H_t = o·h(C_t) with the input, output, forget and cell gate, in this order in W, R [directions,
 * 4·hidden, …], B [directions, 8·hidden], and the first three in the peepholes P [directions, 3·hidden]; shapes otherwise
 * as RNN; Y_c the last C.
 *
 * <p>input_forget makes f = 1 − i (OP-LSTM-D1). Clipping bounds what goes into a function, so that C itself stays as it is
 * (OP-LSTM-D2). σ goes through all steps. Source: ONNX operator text of opset 7, 14, 22.
 */
public final class Lstm implements Operator {
    @Override
    public Signature signature(int opset) {
        return Recurrence.signature(
                        Signature.of("X:T W:T R:T B?:T sequence_lens?:int32 initial_h?:T initial_c?:T P?:T"
                                + " -> Y?:T Y_h?:T Y_c?:T"),
                        opset)
                .optional("activations", AttributeType.STRINGS)
                .attribute(Attribute.of("input_forget", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        boolean coupled = call.attributes().flag("input_forget");
        return Recurrence.of(
                call,
                4,
                2,
                List.of("Sigmoid", "Tanh", "Tanh"),
                (layer, x, states) -> next(layer, x, states.get(0), states.get(1), coupled));
    }

    private static List<Numbers> next(Layer layer, Numbers x, Numbers h, Numbers c, boolean coupled) {
        Formula f = layer.f();
        Numbers in = layer.activated(0, layer.peeped(gate(layer, 0, x, h), 0, c));
        Numbers forget = coupled ? f.minus(1, in) : layer.activated(0, layer.peeped(gate(layer, 2, x, h), 2, c));
        Numbers candidate = layer.activated(1, gate(layer, 3, x, h));
        Numbers cell = f.plus(f.times(forget, c), f.times(in, candidate));
        Numbers out = layer.activated(0, layer.peeped(gate(layer, 1, x, h), 1, cell));
        return List.of(f.times(out, layer.activated(2, cell)), cell);
    }

    private static Numbers gate(Layer layer, int gate, Numbers x, Numbers h) {
        return layer.f().plus(layer.linear(gate, x), layer.recurrent(gate, h));
    }
}
