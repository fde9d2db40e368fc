package org.aiis.reference.operators.recurrent;

import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * H_t = f(X_t·Wᵀ + H_{t−1}·Rᵀ + Wb + Rb): X [steps, batch, input], W [directions, hidden, input], R [directions, hidden,
 * hidden], B [directions, 2·hidden]; Y [steps, directions, batch, hidden], Y_h the last H.
 *
 * <p>σ goes through all steps. Source: ONNX operator text of opset 7, 14, 22.
 */
public final class Rnn implements Operator {
    @Override
    public Signature signature(int opset) {
        return Recurrence.signature(
                        Signature.of("X:T W:T R:T B?:T sequence_lens?:int32 initial_h?:T -> Y?:T Y_h?:T"), opset)
                .attribute(Attribute.strings("activations", List.of("Tanh", "Tanh")));
    }

    @Override
    public List<Value> evaluate(Call call) {
        return Recurrence.of(call, 1, 1, List.of("Tanh"), Rnn::next);
    }

    private static List<Numbers> next(Layer layer, Numbers x, List<Numbers> states) {
        Numbers sum = layer.f().plus(layer.linear(0, x), layer.recurrent(0, states.get(0)));
        return List.of(layer.activated(0, sum));
    }
}
