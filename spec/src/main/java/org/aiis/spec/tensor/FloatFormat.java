package org.aiis.spec.tensor;

/**
 * A binary floating-point format: sign, exponent, fraction.
 *
 * <p>Encoding rounds to nearest, ties to even. NaN becomes the canonical quiet NaN. Overflow goes to infinity; where the
 * format has none, to NaN; where it has no NaN either, to the largest finite number.
 *
 * @param exponentBits width of the exponent field
 * @param fractionBits stored fraction bits, f in the standard's formulas
 * @param bias what is taken off the exponent field
 * @param specials which codes are no numbers
 */
public record FloatFormat(int exponentBits, int fractionBits, int bias, Specials specials) {
    public static final FloatFormat BINARY16 = ieee(5, 10);
    public static final FloatFormat BFLOAT16 = ieee(8, 7);
    public static final FloatFormat BINARY32 = ieee(8, 23);
    public static final FloatFormat BINARY64 = ieee(11, 52);
    /** TensorFloat-32 of matrix units: the exponent of binary32, the fraction of binary16. */
    public static final FloatFormat TF32 = ieee(8, 10);
    /** OCP 8-bit floating point specification 1.0; also E5M2. */
    public static final FloatFormat E4M3FN = new FloatFormat(4, 3, 7, Specials.LAST_IS_NAN);

    public static final FloatFormat E5M2 = ieee(5, 2);
    /** The "uz" formats of arXiv 2206.02915: unsigned zero, the code of −0 is NaN. */
    public static final FloatFormat E4M3FNUZ = new FloatFormat(4, 3, 8, Specials.NEGATIVE_ZERO_IS_NAN);

    public static final FloatFormat E5M2FNUZ = new FloatFormat(5, 2, 16, Specials.NEGATIVE_ZERO_IS_NAN);
    /** OCP microscaling formats specification 1.0: elements of 4 bits, and scales that are powers of two. */
    public static final FloatFormat E2M1 = new FloatFormat(2, 1, 1, Specials.NONE);

    public static final FloatFormat E8M0 = new FloatFormat(8, 0, 127, Specials.POWERS_OF_TWO);

    /** Which codes stand for infinity and NaN. */
    public enum Specials {
        /** The largest exponent holds infinity and NaNs, as in IEC 60559. */
        IEEE,
        /** No infinity; exponent and fraction all ones is NaN. */
        LAST_IS_NAN,
        /** No infinity and no −0, whose code is NaN. */
        NEGATIVE_ZERO_IS_NAN,
        /** Every code is a number. */
        NONE,
        /** No sign, no zero, no subnormals; all ones is NaN. */
        POWERS_OF_TWO
    }

    /** A format with infinity, NaNs, subnormals and the usual bias. */
    public static FloatFormat ieee(int exponentBits, int fractionBits) {
        return new FloatFormat(exponentBits, fractionBits, (1 << (exponentBits - 1)) - 1, Specials.IEEE);
    }

    /** Bits of an element, the sign included where there is one. */
    int width() {
        return exponentBits + fractionBits + (specials == Specials.POWERS_OF_TWO ? 0 : 1);
    }

    public boolean hasInfinity() {
        return specials == Specials.IEEE;
    }

    public boolean hasNaN() {
        return specials != Specials.NONE;
    }

    /** Whether +0 and −0 differ. */
    public boolean hasSignedZero() {
        return specials != Specials.NEGATIVE_ZERO_IS_NAN && specials != Specials.POWERS_OF_TWO;
    }

    private int largestField() {
        return (1 << exponentBits) - (specials == Specials.IEEE || specials == Specials.POWERS_OF_TWO ? 2 : 1);
    }

    /** Unit roundoff u = 2^-(f+1). */
    public double unitRoundoff() {
        return Math.scalb(1.0, -(fractionBits + 1));
    }

    /** Smallest positive normal number, Nmin. */
    public double smallestNormal() {
        return Math.scalb(1.0, (specials == Specials.POWERS_OF_TWO ? 0 : 1) - bias);
    }

    /** Smallest positive subnormal number; the smallest number where there is none. */
    public double smallestSubnormal() {
        return specials == Specials.POWERS_OF_TWO ? smallestNormal() : Math.scalb(1.0, 1 - bias - fractionBits);
    }

    /** Largest finite number. */
    public double largestFinite() {
        double largest = Math.scalb(2.0 - Math.scalb(1.0, -fractionBits), largestField() - bias);
        return specials == Specials.LAST_IS_NAN ? largest - ulp(Math.scalb(1.0, largestField() - bias)) : largest;
    }

    /** ulp(r) = max(2^⌊log2|r|⌋, Nmin)·2^-f. */
    public double ulp(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < smallestNormal()) {
            return smallestSubnormal();
        }
        return Math.scalb(1.0, Math.min(Math.getExponent(magnitude), largestField() - bias) - fractionBits);
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
        boolean allOnes = exponent == (1 << exponentBits) - 1;
        if (specials == Specials.POWERS_OF_TWO) {
            return allOnes ? Double.NaN : Math.scalb(1.0, exponent - bias);
        }
        boolean negative = (bits >>> (fractionBits + exponentBits) & 1) != 0;
        double sign = negative ? -1.0 : 1.0;
        if (specials == Specials.IEEE && allOnes) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        if (specials == Specials.LAST_IS_NAN && allOnes && fraction == (1L << fractionBits) - 1) {
            return Double.NaN;
        }
        if (exponent == 0) {
            return specials == Specials.NEGATIVE_ZERO_IS_NAN && negative && fraction == 0
                    ? Double.NaN
                    : sign * Math.scalb((double) fraction, 1 - bias - fractionBits);
        }
        return sign * Math.scalb((double) (fraction | 1L << fractionBits), exponent - bias - fractionBits);
    }

    /** The bit pattern nearest to a binary64 value, ties to even. */
    public long encode(double value) {
        if (fractionBits == 52) {
            return Double.doubleToLongBits(value);
        }
        if (fractionBits == 23) {
            return Float.floatToIntBits((float) value) & 0xFFFFFFFFL;
        }
        if (specials == Specials.POWERS_OF_TWO) {
            return powerOfTwo(value);
        }
        long sign = (Double.doubleToRawLongBits(value) >>> 63) << (fractionBits + exponentBits);
        if (Double.isNaN(value)) {
            return hasNaN() ? nan() : 0;
        }
        double magnitude = Math.abs(value);
        double quantum = ulp(magnitude);
        // rint is ties-to-even, and the quotient is exact: a power of two divides.
        double units = Math.rint(magnitude / quantum);
        double rounded = units * quantum;
        if (Math.getExponent(rounded) >= largestField() - bias && rounded > largestFinite()) {
            return switch (specials) {
                case IEEE -> sign | ((1L << exponentBits) - 1) << fractionBits;
                case LAST_IS_NAN -> sign | nan();
                case NONE -> sign | (1L << (exponentBits + fractionBits)) - 1;
                default -> nan();
            };
        }
        if (rounded < smallestNormal()) {
            return units == 0 && !hasSignedZero() ? 0 : sign | (long) units;
        }
        int exponent = Math.getExponent(rounded);
        long fraction = (long) Math.scalb(rounded, fractionBits - exponent) - (1L << fractionBits);
        return sign | (long) (exponent + bias) << fractionBits | fraction;
    }

    private long nan() {
        return switch (specials) {
            case IEEE -> ((1L << exponentBits) - 1) << fractionBits | 1L << (fractionBits - 1);
            case LAST_IS_NAN -> (1L << (exponentBits + fractionBits)) - 1;
            case NEGATIVE_ZERO_IS_NAN -> 1L << (exponentBits + fractionBits);
            case POWERS_OF_TWO -> (1L << exponentBits) - 1;
            case NONE -> throw new IllegalStateException("the format has no NaN");
        };
    }

    /** The nearest power of two, a tie to the larger one; what is not positive has none and gives NaN. */
    private long powerOfTwo(double value) {
        if (!(value > 0) || value >= 1.5 * largestFinite()) {
            return nan();
        }
        int exponent = Math.max(Math.getExponent(value), -bias);
        int up = value >= 1.5 * Math.scalb(1.0, exponent) ? 1 : 0;
        return (long) exponent + bias + up;
    }

    /** The value nearest to {@code value} that this format holds. */
    public double round(double value) {
        return decode(encode(value));
    }
}
