package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = −1, 0 or 1, any shape.
 *
 * <p>Exact; ±0 gives +0 (OP-Sign-D2), NaN stays NaN (OP-Sign-D1). Source: ONNX operator text of opset 13.
 */
public final class Sign implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T").type("T", Types.NUMERIC);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.SIGN);
    }
}
