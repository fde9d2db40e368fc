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
 * Y = X·tanh(ln(1 + e^X)), any shape.
 *
 * <p>The reference does not cancel for negative X; σ is that of the formula. −∞ gives −0, the limit (OP-Mish-D1); +∞
 * and NaN stay. Source: ONNX operator text of opset 18, 22.
 */
public final class Mish implements Operator {
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
        Numbers sum = arithmetic.binary(
                Binary.ADD, Pieces.function(arithmetic, Unary.EXP, all), arithmetic.constant(1, x.size()));
        Numbers gate = Pieces.function(arithmetic, Unary.TANH, Pieces.function(arithmetic, Unary.LOG, sum));
        Numbers formula = arithmetic.binary(Binary.MUL, all, gate);
        return List.of(Value.of(x.type(), x.shape(), arithmetic.refined(formula, arithmetic.unary(Unary.MISH, all))));
    }
}
