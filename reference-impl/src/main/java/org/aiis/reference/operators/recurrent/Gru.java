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
 * H_t = (1 − z)·h + z·H_{t−1} with the update gate z, the reset gate r and the hidden gate h, in this order in W, R
 * [directions, 3·hidden, …] and B [directions, 6·hidden]; shapes otherwise as RNN.
 *
 * <p>linear_before_reset multiplies r by H_{t−1}·Rᵀ + Rb instead of by H_{t−1}. σ goes through all steps. Source: ONNX
 * operator text of opset 7, 14, 22.
 */
public final class Gru implements Operator {
    @Override
    public Signature signature(int opset) {
        return Recurrence.signature(
                        Signature.of("X:T W:T R:T B?:T sequence_lens?:int32 initial_h?:T -> Y?:T Y_h?:T"), opset)
                .optional("activations", AttributeType.STRINGS)
                .attribute(Attribute.of("linear_before_reset", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        boolean linearFirst = call.attributes().flag("linear_before_reset");
        return Recurrence.of(
                call,
                3,
                1,
                List.of("Sigmoid", "Tanh"),
                (layer, x, states) -> next(layer, x, states.get(0), linearFirst));
    }

    private static List<Numbers> next(Layer layer, Numbers x, Numbers h, boolean linearFirst) {
        Formula f = layer.f();
        Numbers z = layer.activated(0, f.plus(layer.linear(0, x), layer.recurrent(0, h)));
        Numbers r = layer.activated(0, f.plus(layer.linear(1, x), layer.recurrent(1, h)));
        Numbers before = linearFirst ? f.times(r, layer.recurrent(2, h)) : layer.recurrent(2, f.times(r, h));
        Numbers hidden = layer.activated(1, f.plus(layer.linear(2, x), before));
        return List.of(f.plus(f.times(f.minus(1, z), hidden), f.times(z, h)));
    }
}
