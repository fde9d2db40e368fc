package org.aiis.reference.operators.elementwise;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * C = A exclusive or B, bit by bit. Shapes broadcast both ways.
 *
 * <p>Exact. Source: ONNX operator text of opset 18.
 */
public final class BitwiseXor implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> C:T").type("T", Types.INTEGER);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.zip(Binary.XOR);
    }
}
