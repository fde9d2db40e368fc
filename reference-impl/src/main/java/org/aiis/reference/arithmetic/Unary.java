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
    /** Every bit flipped; of integers alone. */
    NOT,
    SQRT,
    RECIPROCAL,
    EXP,
    /** exp(x) − 1. */
    EXPM1,
    LOG,
    SIN,
    COS,
    TAN,
    ASIN,
    ACOS,
    ATAN,
    SINH,
    COSH,
    ASINH,
    ACOSH,
    ATANH,
    SIGMOID,
    TANH,
    /** log(exp(x) + 1). */
    SOFTPLUS,
    /** x/(1 + |x|). */
    SOFTSIGN,
    /** x·tanh(log(exp(x) + 1)). */
    MISH,
    ERF,
    /** x·Φ(x). */
    GELU;

    private static final double TWO_BY_ROOT_PI = 1.1283791670955126;
    private static final double ROOT_HALF = 0.7071067811865476;

    /** Whether a right implementation rounds nothing. */
    boolean isExact() {
        return compareTo(NEG) >= 0 && compareTo(NOT) <= 0;
    }

    /** Whether libraries approximate it: neither exact nor rounded correctly everywhere. */
    public boolean isElementary() {
        return compareTo(EXP) >= 0;
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
            case NOT -> throw ofIntegers();
            case SQRT -> StrictMath.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> StrictMath.exp(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG -> StrictMath.log(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TAN -> StrictMath.tan(x);
            case ASIN -> StrictMath.asin(x);
            case ACOS -> StrictMath.acos(x);
            case ATAN -> StrictMath.atan(x);
            case SINH -> StrictMath.sinh(x);
            case COSH -> StrictMath.cosh(x);
            case ASINH -> Hyperbolics.asinh(x);
            case ACOSH -> Hyperbolics.acosh(x);
            case ATANH -> Hyperbolics.atanh(x);
            case SOFTPLUS -> Hyperbolics.softplus(x);
            case SOFTSIGN -> Hyperbolics.softsign(x);
            case MISH -> Hyperbolics.mish(x);
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
            case NOT -> throw ofIntegers();
            case SQRT -> x.squareRoot();
            case RECIPROCAL -> Twofold.ONE.over(x);
            case EXP -> Functions.exp(x);
            case EXPM1 -> Functions.expm1(x);
            case LOG -> Functions.log(x);
            case SIN -> Trigonometry.sin(x);
            case COS -> Trigonometry.cos(x);
            case TAN -> Trigonometry.tan(x);
            case ASIN -> Trigonometry.asin(x);
            case ACOS -> Trigonometry.acos(x);
            case ATAN -> Trigonometry.atan(x);
            case SINH -> Hyperbolics.sinh(x);
            case COSH -> Hyperbolics.cosh(x);
            case ASINH -> Hyperbolics.asinh(x);
            case ACOSH -> Hyperbolics.acosh(x);
            case ATANH -> Hyperbolics.atanh(x);
            case SOFTPLUS -> Hyperbolics.softplus(x);
            case SOFTSIGN -> Hyperbolics.softsign(x);
            case MISH -> Hyperbolics.mish(x);
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
            case SIGN, FLOOR, CEIL, ROUND, NOT -> 0;
            case SQRT -> 0.5 * (sigma / r);
            case RECIPROCAL -> r * (r * sigma);
            case EXP -> r * sigma;
            case EXPM1 -> (r + 1) * sigma;
            case LOG -> sigma / x;
            case SIN -> StrictMath.cos(x) * sigma;
            case COS -> StrictMath.sin(x) * sigma;
            case TAN -> (1 + r * r) * sigma;
            case ASIN, ACOS -> sigma / Math.sqrt((1 - x) * (1 + x));
            case ATAN -> sigma / (1 + x * x);
            case SINH -> StrictMath.cosh(x) * sigma;
            case COSH -> StrictMath.sinh(x) * sigma;
            case ASINH -> sigma / StrictMath.hypot(1, x);
            case ACOSH -> sigma / Math.sqrt((x - 1) * (x + 1));
            case ATANH -> sigma / ((1 - x) * (1 + x));
            case SOFTPLUS -> Functions.sigmoid(x) * sigma;
            case SOFTSIGN -> sigma / ((1 + Math.abs(x)) * (1 + Math.abs(x)));
            case MISH -> mishSlope(x) * sigma;
            case SIGMOID -> r * (1 - r) * sigma;
            case TANH -> (1 - r * r) * sigma;
            case ERF -> TWO_BY_ROOT_PI * StrictMath.exp(-x * x) * sigma;
            case GELU ->
                x == 0
                        ? 0.5 * sigma
                        : (r / x + x * TWO_BY_ROOT_PI / 2 * ROOT_HALF * StrictMath.exp(-x * x / 2)) * sigma;
        };
    }

    private static double mishSlope(double x) {
        double t = StrictMath.tanh(Hyperbolics.softplus(x));
        return t + x * (1 - t * t) * Functions.sigmoid(x);
    }

    private IllegalStateException ofIntegers() {
        return new IllegalStateException(this + " is a function of integers");
    }

    /** The function of an integer; only those that integers have. */
    long apply(long x) {
        return switch (this) {
            case STORED -> x;
            case NEG -> -x;
            case NOT -> ~x;
            case ABS -> Math.abs(x);
            case SIGN -> Long.signum(x);
            default -> throw new IllegalStateException(this + " is no function of integers");
        };
    }
}
