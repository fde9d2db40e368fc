package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = ⌈X⌉, any shape.
 *
 * <p>Exact; ±0, ±∞ and NaN stay, numbers between −1 and 0 give −0. Source: ONNX operator text of opset 13.
 */
public final class Ceil implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.CEIL);
    }
}
