package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * C = A − ⌊A / B⌋·B, with the sign of B; with fmod 1 C = A − trunc(A / B)·B, with the sign of A. Shapes broadcast both
 * ways.
 *
 * <p>Exact for integers and with fmod 1; ∞ by a number and a number by 0 are NaN, a number by ∞ is itself. An integer
 * divisor of 0 is refused (OP-Mod-D1). Floats need fmod 1 before version 28; at 28 the sum with B that changes the sign
 * is rounded once. Source: ONNX operator text of opset 13, 28.
 */
public final class Mod implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> C:T").type("T", Types.NUMERIC).attribute(Attribute.of("fmod", 0));
    }

    @Override
    public List<Value> evaluate(Call call) {
        long fmod = call.attributes().integer("fmod");
        if (fmod != 0 && fmod != 1) {
            throw call.attributes().refusal("fmod is " + fmod + ", must be 0 or 1");
        }
        if (call.input(1).numbers() instanceof Integers divisors) {
            for (int i = 0; i < divisors.size(); i++) {
                if (divisors.at(i) == 0) {
                    throw call.refusal("integer division by zero");
                }
            }
        } else if (fmod == 0 && call.opset() < 28) {
            throw call.attributes().refusal("fmod 0 is for integers");
        }
        return call.zip(fmod == 1 ? Binary.REMAINDER : Binary.MOD);
    }
}
