package org.aiis.reference.operators.learning;

import java.util.List;
import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.onnx.Attribute;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Operator;
import org.aiis.reference.operators.Signature;
import org.aiis.reference.operators.Value;

/**
 * 1 where X is greater than the threshold, else 0; NaN gives 0.
 *
 * <p>Exact: the threshold is the float that the attribute gives. Source: ONNX operator text of ai.onnx.ml 1.
 */
public final class Binarizer implements Operator {
    @Override
    public Signature signature(int version) {
        return Signature.of("X:T -> Y:T").type("T", Features.NUMBERS).attribute(Attribute.of("threshold", 0f));
    }

    @Override
    public List<Value> evaluate(Call call) {
        Value x = call.input(0);
        double threshold = call.attributes().real("threshold");
        Numbers numbers = x.numbers();
        boolean real = numbers instanceof Reals;
        double[] reals = new double[real ? x.size() : 0];
        long[] integers = new long[real ? 0 : x.size()];
        for (int i = 0; i < x.size(); i++) {
            if (real) {
                reals[i] = x.reals().hi(i) > threshold ? 1 : 0;
            } else {
                integers[i] = greater(((Integers) numbers).at(i), threshold) ? 1 : 0;
            }
        }
        return List.of(Value.of(x.type(), x.shape(), real ? Reals.own(reals) : Integers.own(integers)));
    }

    /** Without rounding the integer: it is greater than a number when it is greater than its floor. */
    private static boolean greater(long x, double threshold) {
        if (Double.isNaN(threshold) || threshold >= 0x1p63) {
            return false;
        }
        return threshold < -0x1p63 || x > (long) StrictMath.floor(threshold);
    }
}
