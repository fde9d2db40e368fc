package org.aiis.reference.operators.reduction;

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
 * √(Σ x²) over axes.
 *
 * <p>No elements give 0, NaN propagates, ±∞ gives +∞. σ goes through this formula. Integers: the root of the exact
 * sum, truncated (OP-ReduceL2-D1). Source: ONNX operator text of opset 13, 18, and its function body.
 */
public final class ReduceL2 implements Operator {
    @Override
    public Signature signature(int opset) {
        return Reduction.signature(opset, 18, Types.union(Types.FLOAT, Types.WIDE));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Reduction reduction = Reduction.of(call);
        Value x = Reduction.real(call);
        Arithmetic arithmetic = call.arithmetic(x.type());
        Numbers ordered = x.numbers().gather(reduction.order);
        Numbers sums = arithmetic.sums(arithmetic.binary(Binary.MUL, ordered, ordered), reduction.starts());
        return List.of(reduction.result(call, x.type(), arithmetic.unary(Unary.SQRT, sums)));
    }
}
