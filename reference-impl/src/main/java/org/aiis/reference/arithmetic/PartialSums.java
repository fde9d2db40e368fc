package org.aiis.reference.arithmetic;

/**
 * What clause 4.3.4 of the standard counts of some sums side by side, one a column: a first pass sees how large the terms
 * are, a second one adds their squares, scaled by a power of two to around 1, so that no square leaves the range of
 * binary64 where the sigma does not.
 */
final class PartialSums {
    private static final long EXPONENT = 0x7FF0000000000000L;

    private final double u;
    private final double least;
    private final double[] largest;
    private final double[] scale;
    private final double[] sum;
    private final double[] reverse;
    private final double[] forward;
    private final double[] backward;
    private final double[] inherited;
    private final double[] magnitude;

    PartialSums(int columns, double u, double least) {
        this.u = u;
        this.least = least;
        largest = new double[columns];
        scale = new double[columns];
        sum = new double[columns];
        reverse = new double[columns];
        forward = new double[columns];
        backward = new double[columns];
        inherited = new double[columns];
        magnitude = new double[columns];
    }

    /** First pass: a term, or the error of one. */
    void see(int n, double term) {
        largest[n] = Errors.larger(largest[n], Math.abs(term));
    }

    /** Between the passes. */
    void scale() {
        for (int n = 0; n < scale.length; n++) {
            scale[n] = Errors.scale(largest[n]);
        }
    }

    double scale(int n) {
        return scale[n];
    }

    private double counted(int n, double scaled) {
        return scaled == 0 ? 0 : Errors.larger(Math.abs(scaled), least * scale[n]);
    }

    static double square(double x) {
        return x * x;
    }

    /** The power of two at or below, ρ of the standard. */
    static double binade(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & EXPONENT);
    }

    void add(int n, double term) {
        sum[n] += term * scale[n];
        forward[n] += square(counted(n, sum[n]));
        magnitude[n] += Math.abs(term);
    }

    void addBackward(int n, double term) {
        reverse[n] += term * scale[n];
        backward[n] += square(counted(n, reverse[n]));
    }

    void inherit(int n, double sigma) {
        inherited[n] += square(sigma * scale[n]);
    }

    double inherited(int n) {
        return inherited[n];
    }

    double magnitude(int n) {
        return magnitude[n];
    }

    double sigma(int n, double result) {
        double r = counted(n, result * scale[n]);
        double own = u * Math.max(Math.sqrt((Math.max(forward[n], backward[n]) + square(r)) / 3), r);
        return Errors.root(square(own) + inherited[n], scale[n], result);
    }
}
