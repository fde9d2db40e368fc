package org.aiis.reference.operators.quantisation;

import org.aiis.reference.arithmetic.Integers;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.operators.Value;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.tensor.Shape;

/**
 * The rounding of real numbers to a quantised type: the nearest integer, ties to even, plus the zero point, saturated; for
 * narrow floats the zero point is added and the sum rounded to the type.
 *
 * <p>NaN gives the zero point as an integer (OP-QuantizeLinear-D1). The result keeps the number before the rounding and its
 * σ, cut to the range that saturation leaves.
 */
final class Quantising {
    /** How far a right implementation may be off before it rounds, clause 4.3.4 a) of the standard. */
    private static final double SIGMAS = 6;

    private Quantising() {}

    /**
     * The numbers rounded.
     *
     * @param zeroPoints one for each number
     * @param saturate whether a narrow float that is out of range becomes the largest one, rather than ∞ or NaN
     */
    static Value of(ElementType to, Shape shape, Reals numbers, Numbers zeroPoints, boolean saturate) {
        return to.isFloat()
                ? narrow(to, shape, numbers, (Reals) zeroPoints, saturate)
                : integer(to, shape, numbers, (Integers) zeroPoints);
    }

    private static Value integer(ElementType to, Shape shape, Reals numbers, Integers zeroPoints) {
        double least = to.minInteger();
        double most = to.maxInteger();
        long[] rounded = new long[numbers.size()];
        double[] exact = new double[rounded.length];
        double[] sigmas = new double[rounded.length];
        for (int i = 0; i < rounded.length; i++) {
            double x = numbers.hi(i);
            long zero = zeroPoints.at(i);
            rounded[i] = (long) clamped(nearest(x, numbers.lo(i)) + zero, least, most);
            exact[i] = Double.isNaN(x) ? rounded[i] : clamped(x + zero, least, most);
            sigmas[i] = Double.isNaN(x) ? 0 : sigma(x + zero, numbers.sigma(i), exact[i], least, most);
        }
        return Value.quantised(
                to, shape, Integers.own(rounded), Reals.own(exact).withErrors(sigmas));
    }

    private static Value narrow(ElementType to, Shape shape, Reals numbers, Reals zeroPoints, boolean saturate) {
        FloatFormat format = to.format();
        double most = saturate || !format.hasNaN() ? format.largestFinite() : Double.POSITIVE_INFINITY;
        double[] rounded = new double[numbers.size()];
        double[] exact = new double[rounded.length];
        double[] sigmas = new double[rounded.length];
        for (int i = 0; i < rounded.length; i++) {
            double x = numbers.hi(i) + zeroPoints.hi(i);
            double cut = clamped(x, -most, most);
            rounded[i] = format.round(cut);
            boolean lost = Double.isNaN(rounded[i]) || Double.isInfinite(rounded[i]);
            exact[i] = lost ? rounded[i] : cut;
            sigmas[i] = lost ? 0 : sigma(x, numbers.sigma(i), cut, -most, most);
        }
        return Value.quantised(to, shape, Reals.own(rounded), Reals.own(exact).withErrors(sigmas));
    }

    private static double nearest(double x, double low) {
        double rounded = StrictMath.rint(x);
        boolean tie = Math.abs(x - rounded) == 0.5;
        return tie && low != 0 ? low > 0 ? StrictMath.ceil(x) : StrictMath.floor(x) : Double.isNaN(x) ? 0 : rounded;
    }

    private static double clamped(double x, double least, double most) {
        return x < least ? least : x > most ? most : x;
    }

    /** The error that saturation leaves of the one before. */
    private static double sigma(double x, double before, double exact, double least, double most) {
        double up = clamped(x + SIGMAS * before, least, most) - exact;
        double down = exact - clamped(x - SIGMAS * before, least, most);
        return before == 0 ? 0 : Math.max(up, down) / SIGMAS;
    }
}
