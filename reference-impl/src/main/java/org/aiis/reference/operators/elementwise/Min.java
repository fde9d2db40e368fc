package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The smallest of one or more inputs, element by element. Shapes broadcast both ways.
 *
 * <p>Exact; NaN wins (OP-Min-D1), +0 is greater than −0 (OP-Min-D2). Source: ONNX operator text of opset 13.
 */
public final class Min implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data_0*:T -> min:T").type("T", Types.NUMERIC);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Folding.of(call, Binary.MIN));
    }
}
