package org.aiis.reference.operators.comparison;

import java.util.List;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X is NaN, any shape.
 *
 * <p>Exact. Source: ONNX operator text of opset 13, 20.
 */
public final class IsNaN implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T1 -> Y:bool")
                .type("T1", opset < 20 ? Types.FLOAT : Types.union(Types.FLOAT, Types.FLOAT8));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Numbers x = call.input(0).numbers();
        boolean[] result = new boolean[x.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = !call.arithmetic().holds(Relation.EQUAL, x, i, x, i);
        }
        return List.of(Value.bools(call.input(0).shape(), result));
    }
}
