package org.aiis.reference.operators.normalisation;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * X / ‖X‖ along an axis, with the norm Σ |x| where p is 1 and √(Σ x²) where p is 2; a norm of zero gives zeros.
 *
 * <p>NaN and ±∞ spread over their slice as the formula gives. σ goes through the formula. Source: ONNX operator text of
 * opset 1, 22.
 */
public final class LpNormalization implements Operator {
    @Override
    public Signature signature(int opset) {
        return Signature.of("input:T -> output:T")
                .type("T", opset < 22 ? Types.IEEE : Types.FLOAT)
                .attribute(Attribute.of("axis", -1))
                .attribute(Attribute.of("p", 2));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        long p = call.attributes().integer("p");
        if (p != 1 && p != 2) {
            throw call.refusal("p is " + p + ", must be 1 or 2");
        }
        Lanes lanes = Lanes.of(call);
        Arithmetic arithmetic = call.arithmetic();
        Numbers ordered = lanes.gather(x.numbers());
        Numbers sizes = p == 1 ? arithmetic.unary(Unary.ABS, ordered) : arithmetic.binary(Binary.MUL, ordered, ordered);
        Numbers sums = arithmetic.sums(sizes, lanes.starts());
        Reals norms = (Reals) (p == 1 ? sums : arithmetic.unary(Unary.SQRT, sums));
        int[] at = new int[lanes.count];
        Arrays.setAll(at, i -> norms.hi(i) == 0 ? lanes.count : i);
        Numbers divisors =
                Numbers.join(List.of(norms, arithmetic.constant(1, 1))).gather(at);
        Numbers result = arithmetic.binary(Binary.DIV, ordered, lanes.repeat(divisors));
        return List.of(Value.of(x.type(), x.shape(), lanes.scatter(result)));
    }
}
