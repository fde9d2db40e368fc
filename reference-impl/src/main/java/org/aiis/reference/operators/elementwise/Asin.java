package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = arcsin X in radians, any shape.
 *
 * <p>Reference within 4 ulp of binary64, float64 within 2^-80; ±0 stays, ±1 gives ±π/2, beyond them and NaN give NaN.
 * Source: ONNX operator text of opset 7, 22.
 */
public final class Asin implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T").type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.ASIN);
    }
}
