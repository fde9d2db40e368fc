package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = 1 / X, any shape.
 *
 * <p>Rounded once; ±0 gives ±∞ and the reverse, NaN stays NaN. Source: ONNX operator text of opset 13.
 */
public final class Reciprocal implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.RECIPROCAL);
    }
}
