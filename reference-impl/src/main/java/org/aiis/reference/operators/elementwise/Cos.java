package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = cos X, X in radians, any shape.
 *
 * <p>Reference within 4 ulp of binary64, float64 within 2^-80, the argument reduced without error, however large; ±0
 * gives 1, ±∞ and NaN give NaN. Source: ONNX operator text of opset 7, 22.
 */
public final class Cos implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T").type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.COS);
    }
}
