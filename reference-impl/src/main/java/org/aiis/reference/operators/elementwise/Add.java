package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * C = A + B. Shapes broadcast both ways.
 *
 * <p>Floats as IEC 60559: ∞ − ∞ is NaN, +0 + −0 is +0; NaN propagates. Integers wrap. Rounded once. Source: ONNX
 * operator text of opset 13, 14.
 */
public final class Add implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> C:T")
                .type("T", opset < 14 ? Types.union(Types.FLOAT, Types.WIDE) : Types.NUMERIC);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.zip(Binary.ADD);
    }
}
