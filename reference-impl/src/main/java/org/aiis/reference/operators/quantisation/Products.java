package org.aiis.reference.operators.quantisation;

import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Binary;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Broadcast;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Value;
import org.aiis.reference.operators.conversion.Conversion;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Shape;

/**
 * Quantised operands without their zero points, and products of them brought to the scale of the result.
 */
final class Products {
    private Products() {}

    /** An operand less its zero points: int32, or float32 for narrow floats. */
    static Value centred(Call call, int input, Value zeroPoint) {
        Value x = call.input(input);
        ElementType wide = x.type().isFloat() ? ElementType.FLOAT32 : ElementType.INT32;
        Value zero = Broadcast.to(call, x.shape(), zeroPoint);
        return Value.of(
                wide,
                x.shape(),
                call.arithmetic(wide)
                        .binary(
                                Binary.SUB,
                                Conversion.of(call, x, wide).numbers(),
                                Conversion.of(call, zero, wide).numbers()));
    }

    static Value centred(Call call, int input) {
        Value x = call.input(input);
        ElementType wide = x.type().isFloat() ? ElementType.FLOAT32 : ElementType.INT32;
        return Conversion.of(call, x, wide);
    }

    /** A value for each row of a matrix as a column, where it is a vector of several; otherwise as it is. */
    static Value byRow(Value x) {
        return x.shape().rank() == 1 && x.size() != 1 ? x.reshaped(Shape.of(x.size(), 1)) : x;
    }

    /** A value for each output channel, to broadcast against a tensor of a rank. */
    static Value byChannel(Value x, int rank, int axis) {
        if (x.shape().rank() != 1) {
            return x;
        }
        List<Integer> dims = new ArrayList<>();
        for (int i = axis; i < rank; i++) {
            dims.add(i == axis ? x.size() : 1);
        }
        return x.reshaped(new Shape(dims));
    }

    /**
     * product · left · right / result, rounded to the type of the zero point.
     *
     * @param tie σ of what is exact before it is rounded: 0 where ties go to even, a trifle where either side is right
     */
    static Value scaled(Call call, Value product, Value left, Value right, Value result, Value zeroPoint, double tie) {
        Arithmetic arithmetic = call.arithmetic(left.type());
        Shape shape = product.shape();
        Reals a = (Reals) Broadcast.to(call, shape, left).numbers();
        Reals b = (Reals) Broadcast.to(call, shape, right).numbers();
        Reals y = (Reals) Broadcast.to(call, shape, result).numbers();
        Reals factor = (Reals) arithmetic.binary(Binary.DIV, arithmetic.binary(Binary.MUL, a, b), y);
        Reals sums = (Reals) Narrow.real(call, product).numbers();
        Reals scaled = (Reals) arithmetic.binary(Binary.MUL, sums, factor);
        // Integers up to here are exact in the type of the scales, in which the formula is calculated.
        double whole = 1 / left.type().format().unitRoundoff();
        double[] sigmas = new double[scaled.size()];
        for (int i = 0; i < sigmas.length; i++) {
            boolean exact = isPowerOfTwo(a.hi(i))
                    && isPowerOfTwo(b.hi(i))
                    && isPowerOfTwo(y.hi(i))
                    && Math.abs(sums.hi(i)) <= whole
                    && sums.sigma(i) == 0;
            sigmas[i] = exact ? tie : scaled.sigma(i);
        }
        Numbers zeroPoints = Broadcast.to(call, shape, zeroPoint).numbers();
        return Quantising.of(zeroPoint.type(), shape, scaled.withErrors(sigmas), zeroPoints, true);
    }

    private static boolean isPowerOfTwo(double x) {
        return Math.abs(x) == Math.scalb(1.0, Math.getExponent(x));
    }
}
