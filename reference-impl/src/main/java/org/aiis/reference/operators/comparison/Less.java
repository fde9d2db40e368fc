package org.aiis.reference.operators.comparison;

import java.util.List;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * C = A < B. Shapes broadcast both ways.
 *
 * <p>Exact; false where an operand is NaN, the two zeros are equal. Source: ONNX operator text of opset 13.
 */
public final class Less implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> C:bool").type("T", Types.NUMERIC);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Comparison.of(call, Relation.LESS));
    }
}
