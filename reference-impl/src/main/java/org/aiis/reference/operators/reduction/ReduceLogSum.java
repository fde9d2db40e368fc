package org.aiis.reference.operators.reduction;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * ln(Σ x) over axes.
 *
 * <p>No elements, or a sum of ±0, give −∞, a negative sum NaN. σ goes through this formula. Integers: the logarithm of
 * the exact sum, truncated (OP-ReduceLogSum-D1). Source: ONNX operator text of opset 13, 18, 28, and its function body.
 */
public final class ReduceLogSum implements Operator {
    @Override
    public Signature signature(int opset) {
        return Reduction.signature(opset, 18, opset < 28 ? Types.union(Types.FLOAT, Types.WIDE) : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Reduction reduction = Reduction.of(call);
        Value x = Reduction.real(call);
        Arithmetic arithmetic = call.arithmetic(x.type());
        Numbers sums = arithmetic.sums(x.numbers().gather(reduction.order), reduction.starts());
        return List.of(reduction.result(call, x.type(), new Formula(arithmetic).of(Unary.LOG, sums)));
    }
}
