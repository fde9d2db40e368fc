package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = −X, any shape.
 *
 * <p>Exact; the sign of zero and of ∞ changes, NaN stays NaN; the smallest integer wraps to itself. Source: ONNX
 * operator text of opset 13.
 */
public final class Neg implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.union(Types.FLOAT, Types.SIGNED));
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.NEG);
    }
}
