package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = max(X, 0), any shape.
 *
 * <p>Exact; −0 gives +0 (OP-Relu-D2), NaN stays NaN (OP-Relu-D1). Source: ONNX operator text of opset 13, 14.
 */
public final class Relu implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", opset < 14 ? Types.FLOAT : Types.union(Types.FLOAT, Types.SIGNED));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        Numbers zeros = call.arithmetic().constant(0, x.size());
        return List.of(Value.of(x.type(), x.shape(), call.arithmetic().binary(Binary.MAX, x.numbers(), zeros)));
    }
}
