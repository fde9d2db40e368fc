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
 * Y = X where X ≥ 0, else alpha·(e^X − 1), any shape.
 *
 * <p>The reference does not cancel near 0; σ is that of the formula. −∞ gives −alpha, −0, +∞ and NaN stay. Source:
 * ONNX operator text of opset 6, 22.
 */
public final class Elu implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("alpha", 1f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        Numbers negative = arithmetic.binary(
                Binary.MUL, Pieces.coefficient(call, "alpha", x.size()), Pieces.expLessOne(arithmetic, x.numbers()));
        return List.of(
                Value.of(x.type(), x.shape(), Pieces.whereNegative(arithmetic, x.numbers(), negative, x.numbers())));
    }
}
