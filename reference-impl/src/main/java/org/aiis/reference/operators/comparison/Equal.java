package org.aiis.reference.operators.comparison;

import java.util.List;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * C = A is equal to B. Shapes broadcast both ways.
 *
 * <p>Exact; NaN is unequal to everything, the two zeros are equal, strings are compared by content. Source: ONNX
 * operator text of opset 13, 19.
 */
public final class Equal implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> C:bool")
                .type("T", opset < 19 ? Types.without(Types.ANY, ElementType.STRING) : Types.ANY);
    }

    @Override
    public List<Value> evaluate(Call call) {
        if (call.input(0).type() != ElementType.STRING) {
            return List.of(Comparison.of(call, Relation.EQUAL));
        }
        Broadcast broadcast =
                Broadcast.of(call, List.of(call.input(0).shape(), call.input(1).shape()));
        Tensor a = broadcast.apply(0, call.input(0)).tensor();
        Tensor b = broadcast.apply(1, call.input(1)).tensor();
        boolean[] result = new boolean[a.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = a.string(i).equals(b.string(i));
        }
        return List.of(Value.bools(broadcast.shape(), result));
    }
}
