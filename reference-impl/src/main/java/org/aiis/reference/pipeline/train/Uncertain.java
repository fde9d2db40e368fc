package org.aiis.reference.pipeline.train;

/**
 * A number in binary64 with the variance that rounding gave it, propagated to first order (operators chapter, clause
 * 4.3.5). Numbers that come from outside have variance 0.
 *
 * @param unit unit roundoff u of the arithmetic that is judged
 */
public record Uncertain(double value, double variance, double unit) {
    public static Uncertain exact(double value, double unit) {
        return new Uncertain(value, 0, unit);
    }

    public Uncertain plus(Uncertain other) {
        return rounded(value + other.value, variance + other.variance);
    }

    public Uncertain minus(Uncertain other) {
        return rounded(value - other.value, variance + other.variance);
    }

    public Uncertain times(Uncertain other) {
        return rounded(value * other.value, square(other.value) * variance + square(value) * other.variance);
    }

    public Uncertain over(Uncertain other) {
        double quotient = value / other.value;
        return rounded(quotient, (variance + square(quotient) * other.variance) / square(other.value));
    }

    public Uncertain root() {
        double root = StrictMath.sqrt(value);
        return rounded(root, value == 0 ? 0 : variance / (4 * value));
    }

    /** A power whose bound is 16 ulp in the operator table: σ is such that 6σ is that bound. */
    public Uncertain power(double exponent) {
        double power = StrictMath.pow(value, exponent);
        double own = 16 * 2 * unit * power / 6;
        return new Uncertain(power, square(exponent * power / value) * variance + square(own), unit);
    }

    /** σ, not less than u·|value|. */
    public double sigma() {
        return Math.max(StrictMath.sqrt(variance), unit * Math.abs(value));
    }

    private Uncertain rounded(double result, double carried) {
        return new Uncertain(result, carried + square(unit * result) / 3, unit);
    }

    private static double square(double x) {
        return x * x;
    }
}
