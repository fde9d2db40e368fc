package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * The largest of one or more inputs, element by element. Shapes broadcast both ways.
 *
 * <p>Exact; NaN wins (OP-Max-D1), +0 is greater than −0 (OP-Max-D2). Source: ONNX operator text of opset 13.
 */
public final class Max implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("data_0*:T -> max:T").type("T", Types.NUMERIC);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return List.of(Folding.of(call, Binary.MAX));
    }
}
