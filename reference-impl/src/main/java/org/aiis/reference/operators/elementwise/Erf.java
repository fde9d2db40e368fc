package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = 2/√π · ∫ e^(−t²) dt from 0 to X, any shape.
 *
 * <p>Reference within 4 ulp of binary64, float64 within 2^-80; ±∞ gives ±1, ±0 stays. Source: ONNX operator text of
 * opset 13.
 */
public final class Erf implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T").type("T", Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.ERF);
    }
}
