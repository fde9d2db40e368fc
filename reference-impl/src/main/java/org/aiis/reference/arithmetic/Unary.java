package org.aiis.reference.arithmetic;

/**
 * Functions of one number. In binary64 each is good to a few ulp of binary64 and made of {@link StrictMath} and basic
 * operations alone, so that every JVM gives the same bits; special values are those of IEC 60559.
 */
public enum Unary {
    /** The number itself, rounded to the type: an intermediate result that is stored. */
    STORED,
    NEG,
    ABS,
    SIGN,
    FLOOR,
    CEIL,
    /** To the nearest integer, ties to even. */
    ROUND,
    SQRT,
    RECIPROCAL,
    EXP,
    LOG,
    SIGMOID,
    TANH,
    ERF,
    /** x·Φ(x). */
    GELU;

    private static final double TWO_BY_ROOT_PI = 1.1283791670955126;
    private static final double ROOT_HALF = 0.7071067811865476;

    /** Whether a right implementation rounds nothing. */
    boolean isExact() {
        return compareTo(NEG) >= 0 && compareTo(ROUND) <= 0;
    }

    double apply(double x) {
        return switch (this) {
            case STORED -> x;
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Double.isNaN(x) ? x : x > 0 ? 1 : x < 0 ? -1 : 0;
            case FLOOR -> StrictMath.floor(x);
            case CEIL -> StrictMath.ceil(x);
            case ROUND -> StrictMath.rint(x);
            case SQRT -> StrictMath.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> StrictMath.exp(x);
            case LOG -> StrictMath.log(x);
            case SIGMOID -> Functions.sigmoid(x);
            case TANH -> StrictMath.tanh(x);
            case ERF -> ErrorFunction.erf(x);
            case GELU -> ErrorFunction.gelu(x);
        };
    }

    Twofold apply(Twofold x) {
        return switch (this) {
            case STORED -> x;
            case NEG -> x.negated();
            case ABS -> x.magnitude();
            case SIGN -> Twofold.of(apply(x.hi()));
            case FLOOR -> floor(x);
            case CEIL -> floor(x.negated()).negated();
            case ROUND -> round(x);
            case SQRT -> x.squareRoot();
            case RECIPROCAL -> Twofold.ONE.over(x);
            case EXP -> Functions.exp(x);
            case LOG -> Functions.log(x);
            case SIGMOID -> Functions.sigmoid(x);
            case TANH -> Functions.tanh(x);
            case ERF -> ErrorFunction.erf(x);
            case GELU -> ErrorFunction.gelu(x);
        };
    }

    private static Twofold floor(Twofold x) {
        double high = StrictMath.floor(x.hi());
        return high == x.hi() && x.lo() != 0 ? Twofold.of(high).plus(StrictMath.floor(x.lo())) : Twofold.of(high);
    }

    private static Twofold round(Twofold x) {
        double high = StrictMath.rint(x.hi());
        if (x.lo() == 0) {
            return Twofold.of(high);
        }
        if (high == x.hi()) {
            return Twofold.of(high).plus(StrictMath.rint(x.lo()));
        }
        boolean tie = Math.abs(x.hi() - high) == 0.5;
        return Twofold.of(tie ? x.lo() > 0 ? StrictMath.ceil(x.hi()) : StrictMath.floor(x.hi()) : high);
    }

    /**
     * The derivative at x, where the result is r, times a sigma, up to the sign; 0 for steps, whose jumps no first order
     * sees. Multiplied in an order in which nothing overflows that the result does not.
     */
    double spread(double x, double r, double sigma) {
        return switch (this) {
            case STORED, NEG, ABS -> sigma;
            case SIGN, FLOOR, CEIL, ROUND -> 0;
            case SQRT -> 0.5 * (sigma / r);
            case RECIPROCAL -> r * (r * sigma);
            case EXP -> r * sigma;
            case LOG -> sigma / x;
            case SIGMOID -> r * (1 - r) * sigma;
            case TANH -> (1 - r * r) * sigma;
            case ERF -> TWO_BY_ROOT_PI * StrictMath.exp(-x * x) * sigma;
            case GELU ->
                x == 0
                        ? 0.5 * sigma
                        : (r / x + x * TWO_BY_ROOT_PI / 2 * ROOT_HALF * StrictMath.exp(-x * x / 2)) * sigma;
        };
    }

    /** The function of an integer; only those that integers have. */
    long apply(long x) {
        return switch (this) {
            case STORED -> x;
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Long.signum(x);
            default -> throw new IllegalStateException(this + " is no function of integers");
        };
    }
}
