package org.aiis.spec.tensor;

/**
 * A binary interchange format of IEEE 754 kind: sign, exponent, fraction.
 *
 * <p>Encoding rounds to nearest, ties to even; overflow goes to infinity; NaN becomes the canonical quiet NaN.
 *
 * @param exponentBits width of the exponent field
 * @param fractionBits stored fraction bits, f in the standard's formulas
 */
public record FloatFormat(int exponentBits, int fractionBits) {
    public static final FloatFormat BINARY16 = new FloatFormat(5, 10);
    public static final FloatFormat BFLOAT16 = new FloatFormat(8, 7);
    public static final FloatFormat BINARY32 = new FloatFormat(8, 23);
    public static final FloatFormat BINARY64 = new FloatFormat(11, 52);

    private int bias() {
        return (1 << (exponentBits - 1)) - 1;
    }

    /** Unit roundoff u = 2^-(f+1). */
    public double unitRoundoff() {
        return Math.scalb(1.0, -(fractionBits + 1));
    }

    /** Smallest positive normal number, Nmin. */
    public double smallestNormal() {
        return Math.scalb(1.0, 1 - bias());
    }

    /** Smallest positive subnormal number. */
    public double smallestSubnormal() {
        return Math.scalb(1.0, 1 - bias() - fractionBits);
    }

    /** Largest finite number. */
    public double largestFinite() {
        return Math.scalb(2.0 - Math.scalb(1.0, -fractionBits), bias());
    }

    /** ulp(r) = max(2^⌊log2|r|⌋, Nmin)·2^-f. */
    public double ulp(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < smallestNormal()) {
            return smallestSubnormal();
        }
        return Math.scalb(1.0, Math.min(Math.getExponent(magnitude), bias()) - fractionBits);
    }

    /** The value of a bit pattern; exact, since every format here fits into binary64. */
    public double decode(long bits) {
        if (fractionBits == 52) {
            return Double.longBitsToDouble(bits);
        }
        if (fractionBits == 23) {
            return Float.intBitsToFloat((int) bits);
        }
        long fraction = bits & ((1L << fractionBits) - 1);
        int exponent = (int) (bits >>> fractionBits) & ((1 << exponentBits) - 1);
        double sign = (bits >>> (fractionBits + exponentBits) & 1) == 0 ? 1.0 : -1.0;
        if (exponent == (1 << exponentBits) - 1) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (exponent == 0) {
            return sign * Math.scalb((double) fraction, 1 - bias() - fractionBits);
        }
        return sign * Math.scalb((double) (fraction | 1L << fractionBits), exponent - bias() - fractionBits);
    }

    /** The bit pattern nearest to a binary64 value, ties to even. */
    public long encode(double value) {
        if (fractionBits == 52) {
            return Double.doubleToLongBits(value);
        }
        if (fractionBits == 23) {
            return Float.floatToIntBits((float) value) & 0xFFFFFFFFL;
        }
        long sign = (Double.doubleToRawLongBits(value) >>> 63) << (fractionBits + exponentBits);
        long maxExponent = (1L << exponentBits) - 1;
        if (Double.isNaN(value)) {
            return maxExponent << fractionBits | 1L << (fractionBits - 1);
        }
        double magnitude = Math.abs(value);
        if (magnitude >= largestFinite() + Math.scalb(1.0, bias() - fractionBits - 1)) {
            return sign | maxExponent << fractionBits;
        }
        double quantum = ulp(magnitude);
        // rint is ties-to-even, and the quotient is exact: a power of two divides.
        double units = Math.rint(magnitude / quantum);
        double rounded = units * quantum;
        if (rounded < smallestNormal()) {
            return sign | (long) units;
        }
        int exponent = Math.getExponent(rounded);
        long fraction = (long) Math.scalb(rounded, fractionBits - exponent) - (1L << fractionBits);
        return sign | (long) (exponent + bias()) << fractionBits | fraction;
    }

    /** The value nearest to {@code value} that this format holds. */
    public double round(double value) {
        return decode(encode(value));
    }
}
