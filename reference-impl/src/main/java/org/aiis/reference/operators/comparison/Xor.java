package org.aiis.reference.operators.comparison;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * C = A or B, but not both. Shapes broadcast both ways.
 *
 * <p>Source: ONNX operator text of opset 7.
 */
public final class Xor implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("A:T B:T -> C:bool").type("T", Types.BOOL);
    }

    @Override
    public List<Value> evaluate(Call call) {
        return call.zip(Binary.XOR);
    }
}
