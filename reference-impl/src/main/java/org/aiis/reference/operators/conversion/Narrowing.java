package org.aiis.reference.operators.conversion;

import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;

/**
 * How Cast rounds to the 8-bit float types, whose results ONNX fixes to the bit.
 *
 * @param saturate whether what is out of range becomes the largest number, in place of ∞ or NaN
 * @param roundMode to float8e8m0: up, down or nearest with ties up
 * @param infinitySaturates whether infinity saturates in the types with unsigned zero too, as from opset 24 on
 */
record Narrowing(boolean saturate, String roundMode, boolean infinitySaturates) {
    /** The opset version whose table has infinity saturate throughout. */
    private static final int INFINITY_SATURATES = 24;

    /** What an operator does that has no attributes for it. */
    static final Narrowing USUAL = new Narrowing(true, "up", true);

    /** The attributes of Cast and CastLike. */
    static Narrowing of(Call call) {
        return new Narrowing(
                !call.attributes().has("saturate") || call.attributes().flag("saturate"),
                call.attributes().has("round_mode") ? call.attributes().word("round_mode") : "up",
                call.opset() >= INFINITY_SATURATES);
    }

    static boolean isFor(ElementType type) {
        return type.isFloat() && type.bits() == 8;
    }

    /** The numbers that the type holds; errors that the numbers had stay. */
    Reals apply(Call call, Reals from, ElementType to) {
        double[] values = new double[from.size()];
        for (int i = 0; i < values.length; i++) {
            double exact = toward(from.hi(i), from.lo(i));
            values[i] = to == ElementType.FLOAT8E8M0 ? power(exact, to.format()) : rounded(exact, to.format());
        }
        Reals rounded = Reals.own(values);
        return rounded.withLargerErrors((Reals) call.arithmetic(to).unary(Unary.STORED, from));
    }

    /** One double that rounds as the sum of both parts does, since every tie of an 8-bit type is a double. */
    private static double toward(double hi, double lo) {
        return lo == 0 ? hi : lo > 0 ? Math.nextUp(hi) : Math.nextDown(hi);
    }

    private double rounded(double x, FloatFormat format) {
        if (Double.isInfinite(x) && saturate && (infinitySaturates || format.hasSignedZero())) {
            return Math.copySign(format.largestFinite(), x);
        }
        double rounded = format.round(x);
        boolean out = !Double.isNaN(x) && !Double.isInfinite(x) && !(Math.abs(rounded) <= format.largestFinite());
        return out && saturate ? Math.copySign(format.largestFinite(), x) : rounded;
    }

    /** Negative numbers, whose result ONNX leaves open, give NaN (OP-Cast-D4). */
    private double power(double x, FloatFormat format) {
        double most = format.largestFinite();
        double least = format.smallestNormal();
        if (Double.isNaN(x) || x < 0) {
            return Double.NaN;
        }
        if (x > most || x < least) {
            return !saturate ? Double.NaN : x > most ? most : least;
        }
        double below = Math.scalb(1.0, Math.getExponent(x));
        return switch (roundMode) {
            case "down" -> below;
            case "nearest" -> x >= 1.5 * below && below < most ? 2 * below : below;
            default -> x > below && below < most ? 2 * below : below;
        };
    }
}
