package org.aiis.reference.operators.reduction;

import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;

/**
 * The mean over axes.
 *
 * <p>The sum, first to last, divided by the count. No elements give NaN, and are refused for integers (OP-
 * ReduceMean-D1). Integers are summed in 64 bits and divided toward zero. Source: ONNX operator text of opset
 * 13, 18.
 */
public final class ReduceMean implements Operator {
    @Override
    public Signature signature(int opset) {
        return Reduction.signature(opset, 18, Types.union(Types.FLOAT, Types.WIDE));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Reduction reduction = Reduction.of(call);
        Value x = call.input(0);
        if (reduction.length == 0 && !x.type().isFloat()) {
            throw call.refusal("the mean of no integers");
        }
        Arithmetic arithmetic = x.type().isFloat() || x.type() == ElementType.UINT64
                ? call.arithmetic()
                : call.arithmetic(ElementType.INT64);
        Numbers sums = arithmetic.sums(x.numbers().gather(reduction.order), reduction.starts());
        Numbers counts = arithmetic.constant(reduction.length, sums.size());
        return List.of(Value.of(x.type(), reduction.shape, arithmetic.binary(Binary.DIV, sums, counts)));
    }
}
