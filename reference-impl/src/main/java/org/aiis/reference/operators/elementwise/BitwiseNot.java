package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X with every bit flipped, any shape.
 *
 * <p>Exact, in the width of the type. Source: ONNX operator text of opset 18.
 */
public final class BitwiseNot implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.INTEGER);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.NOT);
    }
}
