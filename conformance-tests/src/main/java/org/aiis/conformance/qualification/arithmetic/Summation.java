package org.aiis.conformance.qualification.arithmetic;

import java.util.function.DoubleUnaryOperator;

/** Orders of summation, with what becomes of each partial sum. */
public final class Summation {
    private Summation() {}

    /** First to last. */
    public static double forward(double[] terms, int from, int to, DoubleUnaryOperator round) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum = round.applyAsDouble(sum + terms[k]);
        }
        return sum;
    }

    /** Last to first. */
    public static double backward(double[] terms, int count, DoubleUnaryOperator round) {
        double sum = 0;
        for (int k = count - 1; k >= 0; k--) {
            sum = round.applyAsDouble(sum + terms[k]);
        }
        return sum;
    }

    /** Halves, each summed likewise. */
    public static double pairwise(double[] terms, int from, int to, DoubleUnaryOperator round) {
        if (to - from <= 2) {
            return forward(terms, from, to, round);
        }
        int middle = (from + to) >>> 1;
        return round.applyAsDouble(pairwise(terms, from, middle, round) + pairwise(terms, middle, to, round));
    }

    /** So many interleaved sums, as the lanes of a vector register keep them, then their sum. */
    public static double lanes(double[] terms, int count, int lanes, DoubleUnaryOperator round) {
        double[] sums = new double[lanes];
        for (int k = 0; k < count; k++) {
            sums[k % lanes] = round.applyAsDouble(sums[k % lanes] + terms[k]);
        }
        return pairwise(sums, 0, lanes, round);
    }

    /** So many consecutive parts, as split-K kernels keep them, then their sum. */
    public static double parts(double[] terms, int count, int parts, DoubleUnaryOperator round) {
        double[] sums = new double[parts];
        for (int p = 0; p < parts; p++) {
            sums[p] = forward(terms, count * p / parts, count * (p + 1) / parts, round);
        }
        return forward(sums, 0, parts, round);
    }

    /** Kahan's compensated sum (Kahan 1965); a sum that is not finite is left to {@link #forward}. */
    public static double compensated(double[] terms, int count, DoubleUnaryOperator round) {
        double sum = 0;
        double lost = 0;
        for (int k = 0; k < count; k++) {
            double term = round.applyAsDouble(terms[k] - lost);
            double next = round.applyAsDouble(sum + term);
            lost = round.applyAsDouble(round.applyAsDouble(next - sum) - term);
            sum = next;
        }
        return Double.isFinite(sum) ? sum : forward(terms, 0, count, round);
    }
}
