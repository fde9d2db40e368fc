package org.aiis.reference.operators.comparison;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = not X, any shape.
 *
 * <p>Source: ONNX operator text of opset 1.
 */
public final class Not implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.BOOL);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Numbers ones = call.arithmetic().constant(1, x.size());
        return List.of(Value.of(x.type(), x.shape(), call.arithmetic().binary(Binary.SUB, ones, x.numbers())));
    }
}
