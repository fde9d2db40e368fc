package org.aiis.conformance.qualification.dots;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The probability that a right implementation breaks a limit, from the exponents that it reached on many independent
 * problems: peaks over a threshold (J. Pickands 1975). Where errors are sub-Gaussian the exponents have an exponential tail
 * of scale 1 or less; so the excess over the 95 % quantile is taken as exponential, its scale is estimated, and the shape
 * of a generalised Pareto distribution, which is above 0 for heavier tails, beside it.
 *
 * @param name the implementation
 * @param tensors independent problems
 * @param largest largest exponent reached
 * @param scale upper confidence bound on the scale
 * @param shape estimate of the shape, by moments; its standard error is 1/√exceedances
 * @param exceedances number of peaks
 * @param upper upper confidence bound on the probability that one tensor breaks a limit
 */
record Tail(String name, int tensors, double largest, double scale, double shape, int exceedances, double upper) {
    private static final int PART_OVER = 20;

    /**
     * @param exponents one for each problem
     * @param limit the exponent of the limits
     * @param alpha probability that the bound is wrong, half of it for each of the two estimates
     */
    static Tail of(String name, double[] exponents, double limit, double alpha) {
        double[] v = Arrays.stream(exponents).sorted().toArray();
        int m = Math.max(1, v.length / PART_OVER);
        double threshold = v[v.length - m - 1];
        double mean = 0;
        for (int i = v.length - m; i < v.length; i++) {
            mean += (v[i] - threshold) / m;
        }
        double variance = 0;
        for (int i = v.length - m; i < v.length; i++) {
            variance += Math.pow(v[i] - threshold - mean, 2) / Math.max(1, m - 1);
        }
        // Exact for exponential excesses: 2·m·mean/scale has the chi-square distribution of 2m degrees of freedom.
        double scale = m * mean / quantile(q -> 1 - poisson(m - 1, q), alpha / 2);
        // Garwood's bound on the number of peaks expected, which is above the binomial one.
        double over = quantile(q -> 1 - poisson(m, q), 1 - alpha / 2) / v.length;
        double upper = threshold >= limit ? 1 : scale == 0 ? 0 : over * StrictMath.exp(-(limit - threshold) / scale);
        return new Tail(
                name, v.length, v[v.length - 1], scale, variance == 0 ? 0 : (1 - mean * mean / variance) / 2, m, upper);
    }

    /** P(N ≤ m) for a Poisson variable of that mean. */
    private static double poisson(int m, double mean) {
        double logTerm = -mean;
        double sum = StrictMath.exp(logTerm);
        for (int k = 1; k <= m; k++) {
            logTerm += StrictMath.log(mean / k);
            sum += StrictMath.exp(logTerm);
        }
        return Math.min(1, sum);
    }

    /** Where a distribution function of positive numbers reaches a probability. */
    private static double quantile(DoubleUnaryOperator distribution, double probability) {
        double low = 1e-9;
        double high = 1e6;
        for (int i = 0; i < 200; i++) {
            double middle = Math.sqrt(low * high);
            if (distribution.applyAsDouble(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
