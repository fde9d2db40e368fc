package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = X·sigmoid(alpha·X), any shape.
 *
 * <p>σ of the formula. An infinite X whose sigmoid is 0 gives −0, the limit (OP-Swish-D1); NaN stays. Source: ONNX
 * operator text of opset 24.
 */
public final class Swish implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", Types.FLOAT).attribute(Attribute.of("alpha", 1f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        return List.of(Value.of(x.type(), x.shape(), Pieces.swish(call, x.numbers())));
    }
}
