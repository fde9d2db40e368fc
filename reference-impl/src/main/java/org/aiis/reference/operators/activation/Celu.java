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
import org.aiis.spec.tensor.ElementType;

/**
 * Y = max(0, X) + min(0, alpha·(e^(X/alpha) − 1)), any shape.
 *
 * <p>The reference does not cancel near 0. Where X ≥ 0 it is X itself with the error of alpha·(X/alpha), since the
 * function body of ONNX calculates it so. −∞ gives −alpha, +∞ and NaN stay. Source: ONNX operator text of opset 12,
 * 28.
 */
public final class Celu implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", opset < 28 ? Types.set(ElementType.FLOAT32) : Types.FLOAT)
                .attribute(Attribute.of("alpha", 1f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        Numbers all = x.numbers();
        Numbers alpha = Pieces.coefficient(call, "alpha", x.size());
        Numbers scaled = arithmetic.binary(Binary.DIV, all, alpha);
        Numbers negative = arithmetic.binary(Binary.MUL, alpha, Pieces.expLessOne(arithmetic, scaled));
        Numbers positive = arithmetic.refined(arithmetic.binary(Binary.MUL, alpha, scaled), all);
        return List.of(Value.of(x.type(), x.shape(), Pieces.whereNegative(arithmetic, all, negative, positive)));
    }
}
