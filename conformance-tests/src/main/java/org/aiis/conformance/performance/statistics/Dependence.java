package org.aiis.conformance.performance.statistics;

/**
 * How far the exceedances of one measurement depend on each other: the Ljung-Box test over lags 1 to 20, and the number
 * of queries that count (performance chapter, clause 8.2).
 *
 * @param probability of a statistic this large if they were independent
 * @param divisor by which the number of queries is divided: 1 when independence stands
 */
public record Dependence(double probability, int divisor) {
    private static final int LAGS = 20;

    /** From whether each query, in order of issue, was over the bound. */
    public static Dependence of(boolean[] over) {
        int n = over.length;
        double mean = 0;
        for (boolean one : over) {
            mean += one ? 1.0 / n : 0;
        }
        double variance = mean * (1 - mean) * n;
        if (n <= LAGS + 1 || variance <= 0) {
            return new Dependence(1, 1);
        }
        double statistic = 0;
        for (int lag = 1; lag <= LAGS; lag++) {
            double r = correlation(over, lag, mean, variance);
            statistic += r * r / (n - lag);
        }
        double probability = chiSquareTail(n * (n + 2.0) * statistic);
        int lag = 1;
        while (probability < 0.01 && lag < n - 1 && Math.abs(correlation(over, lag, mean, variance)) >= 0.05) {
            lag++;
        }
        return new Dependence(probability, lag);
    }

    private static double correlation(boolean[] over, int lag, double mean, double variance) {
        double sum = 0;
        for (int i = lag; i < over.length; i++) {
            sum += ((over[i] ? 1 : 0) - mean) * ((over[i - lag] ? 1 : 0) - mean);
        }
        return sum / variance;
    }

    /** P(χ² ≥ x) with 20 degrees of freedom: e^(−x/2) Σ (x/2)^i / i!, i below 10. */
    static double chiSquareTail(double x) {
        double term = 1;
        double sum = 1;
        for (int i = 1; i < LAGS / 2; i++) {
            term *= x / 2 / i;
            sum += term;
        }
        return StrictMath.exp(-x / 2) * sum;
    }
}
