package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * C = A / B. Shapes broadcast both ways.
 *
 * <p>Floats as IEC 60559: x / 0 is ±∞, 0 / 0 and ∞ / ∞ are NaN. Integers truncate toward zero, the smallest by −1
 * wraps to itself, and a division by zero is refused (OP-Div-D1, OP-Div-D2). Rounded once. Source: ONNX operator
 * text of opset 13, 14.
 */
public final class Div implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> C:T")
                .type("T", opset < 14 ? Types.union(Types.FLOAT, Types.WIDE) : Types.NUMERIC);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value divisor = call.input(1);
        if (divisor.numbers() instanceof Integers integers) {
            for (int i = 0; i < integers.size(); i++) {
                if (integers.at(i) == 0) {
                    throw call.refusal("integer division by zero");
                }
            }
        }
        return call.zip(Binary.DIV);
    }
}
