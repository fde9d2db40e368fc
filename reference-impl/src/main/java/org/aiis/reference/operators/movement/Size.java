package org.aiis.reference.operators.movement;

import java.util.List;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The number of elements, a scalar of int64.
 *
 * <p>Source: ONNX operator text of opset 13, 19, 21, 23, 24, 25.
 */
public final class Size implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data:T -> size:int64").type("T", Types.any(opset));
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(
                Value.integers(org.aiis.spec.tensor.Shape.SCALAR, call.input(0).size()));
    }
}
