package org.aiis.reference.operators.normalisation;

import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.Shape;

/**
 * Y = (X − mean) / deviation · scale + offset, with the larger σ of this formula and of X · s + (offset − mean · s), s =
 * scale / deviation, as kernels and compilers fold it: it cancels where the mean is large. Clause 4.3.5 of the standard.
 */
final class Affine {
    private final Numbers mean;
    private final Numbers deviation;
    private final Numbers scale;
    private final Numbers offset;
    private final int[] at;

    /**
     * The four numbers of each group of elements.
     *
     * @param at the group of each element
     */
    Affine(Numbers mean, Numbers deviation, Numbers scale, Numbers offset, int[] at) {
        this.mean = mean;
        this.deviation = deviation;
        this.scale = scale;
        this.offset = offset;
        this.at = at;
    }

    Numbers scale() {
        return scale;
    }

    Numbers offset() {
        return offset;
    }

    Numbers apply(Arithmetic arithmetic, Numbers x) {
        Numbers result = arithmetic.binary(Binary.SUB, x, mean.gather(at));
        result = arithmetic.binary(Binary.DIV, result, deviation.gather(at));
        result = arithmetic.binary(Binary.MUL, result, scale.gather(at));
        return largerErrors(arithmetic, x, arithmetic.binary(Binary.ADD, result, offset.gather(at)));
    }

    /** The result of the formula, calculated in steps of other types, with the larger error. */
    Numbers largerErrors(Arithmetic arithmetic, Numbers x, Numbers result) {
        Numbers slope = arithmetic.binary(Binary.DIV, scale, deviation);
        Numbers intercept = arithmetic.binary(Binary.SUB, offset, arithmetic.binary(Binary.MUL, mean, slope));
        Numbers folded = arithmetic.binary(Binary.MUL, x, slope.gather(at));
        folded = arithmetic.binary(Binary.ADD, folded, intercept.gather(at));
        return ((Reals) result).withLargerErrors((Reals) folded);
    }

    /** An input of one number a channel. */
    static Numbers channel(Call call, int input, int channels) {
        Value value = call.input(input);
        if (!value.shape().equals(Shape.of(channels))) {
            throw call.refusal("input " + input + " has shape " + value.shape() + ", must be [" + channels + "]");
        }
        return value.numbers();
    }
}
