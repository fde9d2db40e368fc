package org.aiis.reference.operators.reduction;

import java.util.List;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * The index of the largest element along an axis, the first of equal ones or, with select_last_index, the last.
 *
 * <p>Exact; NaN wins (OP-ArgMax-D1), the two zeros are equal, an axis without elements is refused (OP-ArgMax-D2).
 * Source: ONNX operator text of opset 13.
 */
public final class ArgMax implements Operator {
    @Override
    public Signature signature(int opset) {
        return Indices.signature();
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Indices.of(call, Relation.GREATER, Relation.GREATER_OR_EQUAL));
    }
}
