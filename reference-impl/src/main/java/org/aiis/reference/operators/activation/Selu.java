package org.aiis.reference.operators.activation;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * Y = gamma·X where X > 0, else gamma·(alpha·e^X − alpha), any shape.
 *
 * <p>The reference does not cancel near 0; σ is that of the formula. −∞ gives −gamma·alpha, +∞ and NaN stay. Source:
 * ONNX operator text of opset 6, 22.
 */
public final class Selu implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("X:T -> Y:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("alpha", 1.6732632f))
                .attribute(Attribute.of("gamma", 1.050701f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        call.spend(x.size());
        Arithmetic arithmetic = call.arithmetic();

        Numbers alpha = Pieces.coefficient(call, "alpha", x.size());
        Numbers gamma = Pieces.coefficient(call, "gamma", x.size());
        Numbers grown = arithmetic.binary(Binary.MUL, alpha, Pieces.function(arithmetic, Unary.EXP, x.numbers()));
        Numbers formula = arithmetic.binary(Binary.SUB, grown, alpha);
        Numbers closer = arithmetic.binary(Binary.MUL, alpha, arithmetic.unary(Unary.EXPM1, x.numbers()));
        Numbers negative = arithmetic.binary(Binary.MUL, gamma, arithmetic.refined(formula, closer));
        Numbers positive = arithmetic.binary(Binary.MUL, gamma, x.numbers());
        return List.of(
                Value.of(x.type(), x.shape(), Pieces.whereNegative(arithmetic, x.numbers(), negative, positive)));
    }
}
