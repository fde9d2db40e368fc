package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = ln(e^X + 1), any shape.
 *
 * <p>The reference neither overflows nor cancels; σ is that of max(X, 0) + ln(1 + e^(−|X|)), which for negative X is
 * the formula. −∞ gives +0, +∞ and NaN stay. Large X gives X (OP-Softplus-D1). Source: ONNX operator text of opset 1,
 * 22.
 */
public final class Softplus implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T").type("T", opset < 22 ? Types.IEEE : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        Numbers all = x.numbers();
        Numbers small =
                Pieces.function(arithmetic, Unary.EXP, arithmetic.unary(Unary.NEG, arithmetic.unary(Unary.ABS, all)));
        Numbers sum = arithmetic.binary(Binary.ADD, small, arithmetic.constant(1, x.size()));
        Numbers positive = arithmetic.binary(Binary.MAX, all, arithmetic.constant(0, x.size()));
        Numbers formula = arithmetic.binary(Binary.ADD, positive, Pieces.function(arithmetic, Unary.LOG, sum));
        return List.of(
                Value.of(x.type(), x.shape(), arithmetic.refined(formula, arithmetic.unary(Unary.SOFTPLUS, all))));
    }
}
