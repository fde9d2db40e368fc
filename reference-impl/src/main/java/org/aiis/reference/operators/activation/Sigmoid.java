package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = 1 / (1 + e^(−X)), any shape.
 *
 * <p>Reference within 3 ulp of binary64, in the tails too, float64 within 2^-90; −∞ gives +0, +∞ gives 1. Source:
 * ONNX operator text of opset 13.
 */
public final class Sigmoid implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.SIGMOID);
    }
}
