package org.aiis.conformance.judge;

import org.aiis.spec.tensor.FloatFormat;
import org.aiis.spec.testing.Reference;

/**
 * The special cases of clause 4.3.2 in their order, then the subtraction.
 *
 * @param share error in units of its limit: over 1 is not accepted, infinite where no limit can be met
 * @param flushed accepted as the flushing that the ICS claims, by rule 6: the error is no rounding
 */
record ElementVerdict(double share, boolean flushed) {
    private static final ElementVerdict RIGHT = new ElementVerdict(0, false);
    private static final ElementVerdict WRONG = new ElementVerdict(Double.POSITIVE_INFINITY, false);

    /** Whether the element is one that flushing shows in: subnormal, and not within the bound of zero anyhow. */
    static boolean couldShowFlushing(double reference, double bound, FloatFormat format) {
        double size = Math.abs(reference);
        return size > bound && size - bound < format.smallestNormal() && size >= format.smallestSubnormal();
    }

    /**
     * Judges one element of a floating-point result.
     *
     * @param signed whether the sign of an exact zero is fixed
     * @param flushing whether the ICS claims flushing for the type
     */
    static ElementVerdict of(
            double got,
            Reference.Value reference,
            int i,
            double r,
            double b,
            boolean zero,
            boolean signed,
            boolean flushing) {
        FloatFormat format = reference.type().format();
        if (Double.isNaN(r)) {
            return Double.isNaN(got) ? RIGHT : WRONG;
        }
        if (Double.isInfinite(r)) {
            return got == r ? RIGHT : WRONG;
        }
        if (Double.isNaN(got)) {
            return WRONG;
        }
        if (Double.isInfinite(got)) {
            return Math.signum(got) == Math.signum(r) && Math.abs(r) + b > format.largestFinite() ? RIGHT : WRONG;
        }
        if (r == 0 && zero) {
            boolean sameSign = Double.doubleToRawLongBits(got) == Double.doubleToRawLongBits(r);
            return got == 0 && (sameSign || !signed) ? RIGHT : WRONG;
        }
        double low = reference.low(i);
        double error = Math.abs(got - r - low);
        if (got == 0 && flushing && Math.abs(r) - b < format.smallestNormal()) {
            return new ElementVerdict(0, true);
        }
        double limit = b == 0 ? 0 : b + ownRounding(r, format);
        return error == 0 ? RIGHT : new ElementVerdict(error / limit, false);
    }

    /** The reference for the narrower types is itself rounded to binary64, so it is off by up to an ulp of that. */
    private static double ownRounding(double r, FloatFormat format) {
        return format.fractionBits() < 52 ? Math.scalb(Math.abs(r), -52) : 0;
    }
}
