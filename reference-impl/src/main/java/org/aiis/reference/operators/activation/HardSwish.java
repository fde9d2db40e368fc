package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * Y = X·max(0, min(1, X/6 + ½)), any shape.
 *
 * <p>σ of the formula, 1/6 rounded to the type, or to float32 for float64, since the function body of ONNX gives it
 * as a float32 attribute (OP-HardSwish-D1). −∞ gives −0, the limit (OP-HardSwish-D2); +∞ and NaN stay. Source: ONNX
 * operator text of opset 14, 22.
 */
public final class HardSwish implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        int size = x.size();
        Numbers product = arithmetic.binary(Binary.MUL, sixth(call, size), x.numbers());
        Numbers line = arithmetic.binary(Binary.ADD, product, arithmetic.constant(0.5, size));
        Numbers below = arithmetic.binary(Binary.MIN, line, arithmetic.constant(1, size));
        Numbers gate = arithmetic.binary(Binary.MAX, below, arithmetic.constant(0, size));
        return List.of(Value.of(x.type(), x.shape(), Pieces.damped(arithmetic, x.numbers(), gate)));
    }

    private static Numbers sixth(Call call, int count) {
        Arithmetic arithmetic = call.arithmetic();
        Numbers sixth = arithmetic.binary(Binary.DIV, arithmetic.constant(1, count), arithmetic.constant(6, count));
        Arithmetic single = call.arithmetic(ElementType.FLOAT32);
        Numbers rounded = single.unary(Unary.STORED, single.constant(1 / 6.0, count));
        return ((Reals) sixth).withLargerErrors((Reals) rounded);
    }
}
