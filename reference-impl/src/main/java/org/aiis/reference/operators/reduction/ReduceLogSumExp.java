package org.aiis.reference.operators.reduction;

import java.util.Arrays;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Relation;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Extremes;
import org.aiis.reference.operators.Formula;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Types;
import org.aiis.reference.operators.Value;

/**
 * ln(Σ e^x) over axes, as max + ln(Σ e^(x − max)), so that nothing overflows that the result does not.
 *
 * <p>No elements, or nothing but −∞, give −∞, +∞ gives +∞, NaN propagates. σ goes through the shifted form. Integers: the
 * real result truncated (OP-ReduceLogSumExp-D1). Source: ONNX operator text of opset 13, 18, 28, and its function body.
 */
public final class ReduceLogSumExp implements Operator {
    @Override
    public Signature signature(int opset) {
        return Reduction.signature(opset, 18, opset < 28 ? Types.union(Types.FLOAT, Types.WIDE) : Types.FLOAT);
    }

    @Override
    public List<Value> evaluate(Call call) {
        Reduction reduction = Reduction.of(call);
        Value x = Reduction.real(call);
        Arithmetic arithmetic = call.arithmetic(x.type());
        Reals ordered = (Reals) x.numbers().gather(reduction.order);
        Reals shifts = shifts(arithmetic, ordered, reduction);
        int[] at = new int[ordered.size()];
        Arrays.setAll(at, i -> i / reduction.length);
        Numbers powers =
                new Formula(arithmetic).of(Unary.EXP, arithmetic.binary(Binary.SUB, ordered, shifts.gather(at)));
        Numbers logarithms = new Formula(arithmetic).of(Unary.LOG, arithmetic.sums(powers, reduction.starts()));
        return List.of(reduction.result(call, x.type(), arithmetic.binary(Binary.ADD, logarithms, shifts)));
    }

    /** The largest number of each run; 0 where it is not finite, and where there is none. */
    private static Reals shifts(Arithmetic arithmetic, Reals ordered, Reduction reduction) {
        Reals withZero = (Reals) Numbers.join(List.of(ordered, arithmetic.constant(0, 1)));
        int[] at = new int[reduction.shape.size()];
        Arrays.fill(at, ordered.size());
        if (reduction.length > 0) {
            int[] identity = new int[ordered.size()];
            Arrays.setAll(identity, i -> i);
            int[] largest = Extremes.places(arithmetic, Relation.GREATER, ordered, identity, reduction.starts());
            Arrays.setAll(at, i -> Double.isFinite(ordered.hi(largest[i])) ? largest[i] : ordered.size());
        }
        return withZero.gather(at).withoutErrors();
    }
}
