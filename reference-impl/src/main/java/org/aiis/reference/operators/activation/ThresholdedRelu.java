package org.aiis.reference.operators.activation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X where X > alpha, else 0, any shape.
 *
 * <p>Exact; NaN is not greater and gives 0. alpha is compared as the float32 attribute gives it. Source: ONNX
 * operator text of opset 10, 22.
 */
public final class ThresholdedRelu implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("alpha", 1f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        Numbers all = x.numbers();
        Numbers alpha = arithmetic.constant(call.attributes().real("alpha"), 1);
        int[] at = new int[x.size()];
        Arrays.setAll(at, i -> arithmetic.holds(Relation.GREATER, all, i, alpha, 0) ? i : x.size());
        return List.of(Value.of(
                x.type(),
                x.shape(),
                Numbers.join(List.of(all, arithmetic.constant(0, 1))).gather(at)));
    }
}
