package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = max(0, min(1, alpha·X + beta)), any shape.
 *
 * <p>σ of the product and the sum; where the sum may be on either side of a bound, its σ. NaN stays. Source: ONNX
 * operator text of opset 6, 22.
 */
public final class HardSigmoid implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("alpha", 0.2f))
                .attribute(Attribute.of("beta", 0.5f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        int size = x.size();
        Numbers product = arithmetic.binary(Binary.MUL, Pieces.coefficient(call, "alpha", size), x.numbers());
        Numbers line = arithmetic.binary(Binary.ADD, product, Pieces.coefficient(call, "beta", size));
        Numbers below = arithmetic.binary(Binary.MIN, line, arithmetic.constant(1, size));
        Numbers result = arithmetic.binary(Binary.MAX, below, arithmetic.constant(0, size));
        return List.of(Value.of(x.type(), x.shape(), result));
    }
}
