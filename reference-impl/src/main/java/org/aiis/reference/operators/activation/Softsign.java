package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X / (1 + |X|), any shape.
 *
 * <p>Two roundings; ±0 and NaN stay, ±∞ gives ±1, the limit (OP-Softsign-D1). Source: ONNX operator text of opset 1,
 * 22.
 */
public final class Softsign implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T").type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.map(Unary.SOFTSIGN);
    }
}
