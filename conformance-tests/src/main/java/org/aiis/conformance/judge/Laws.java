package org.aiis.conformance.judge;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Arithmetics;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.spec.tensor.ElementType;
import org.aiis.spec.tensor.Tensor;

/**
 * Tests of a sample against a law, clause 4.3.8. Each has a bound on its false alarms that holds for every sample size,
 * not only in the limit: Dvoretzky, Kiefer and Wolfowitz with the constant of P. Massart (1990), Chernoff's bound for
 * shares, and W. Hoeffding's (1963) for sums. At most ten tests of 10^-10 each are made for an output.
 */
final class Laws {
    /** ln(2/10^-10). */
    private static final double EVIDENCE = 23.72;

    /** No generator of uniform numbers in a type of 11 bits or more gives 0 more often. */
    private static final double ZERO_DRAWN = 0x1p-10;

    private static final int[] LAGS = {1, 2, 4, 16};
    private static final Arithmetic REALS =
            Arithmetics.fast().of(ElementType.FLOAT64).withoutErrors();

    private Laws() {}

    static Comparison uniform(Tensor y, double low, double high) {
        double least = y.type().format().round(low);
        double most = y.type().format().round(high);
        for (int i = 0; i < y.size(); i++) {
            if (!(y.real(i) >= least && y.real(i) <= most)) {
                return Comparison.wrong(
                        Place.of("y", y.shape(), i) + " = " + y.real(i) + ", must be from " + least + " to " + most);
            }
        }
        return continuous(y, points -> {
            double[] cumulative = new double[points.length];
            Arrays.setAll(cumulative, i -> Math.max(0, Math.min(1, (points[i] - low) / (high - low))));
            return cumulative;
        });
    }

    static Comparison normal(Tensor y, double mean, double scale) {
        for (int i = 0; i < y.size(); i++) {
            if (Double.isNaN(y.real(i))) {
                return Comparison.wrong(Place.of("y", y.shape(), i) + " is NaN");
            }
        }
        return continuous(y, points -> {
            double[] standard = new double[points.length];
            Arrays.setAll(standard, i -> (points[i] - mean) / scale * Math.sqrt(0.5));
            Reals error = (Reals) REALS.unary(Unary.ERF, Reals.own(standard));
            Arrays.setAll(standard, i -> 0.5 + 0.5 * error.hi(i));
            return standard;
        });
    }

    /** The empirical distribution, which rounding to the type may move by an ulp; then pairs at several distances. */
    private static Comparison continuous(Tensor y, UnaryOperator<double[]> cumulative) {
        int n = y.size();
        if (n == 0) {
            return Comparison.fine();
        }
        double[] shares = cumulative.apply(y.reals());
        double distance = distance(y, shares, cumulative);
        double allowed = Math.sqrt(EVIDENCE / (2 * n));
        if (distance > allowed) {
            return Comparison.wrong("the distribution of " + n + " elements is " + distance
                    + " from the one asked for, allowed " + allowed);
        }
        Comparison fit = new Comparison("", distance / allowed, new TreeMap<>());
        return fit.and(independent(shares));
    }

    /** How far the sample's cumulative shares are from the law's, which only points that may be the farthest are asked for. */
    private static double distance(Tensor y, double[] shares, UnaryOperator<double[]> cumulative) {
        int n = y.size();
        double[] points = y.reals();
        double[] risen = shares.clone();
        Arrays.sort(points);
        Arrays.sort(risen);
        double distance = 0;
        for (int i = 0; i < n; i++) {
            double ulp = y.type().format().ulp(points[i]);
            double after = (i + 1.0) / n;
            if (risen[i] - after > distance) {
                distance = Math.max(distance, cumulative.apply(new double[] {points[i] - ulp})[0] - after);
            }
            double before = (double) i / n;
            if (before - risen[i] > distance) {
                distance = Math.max(distance, before - cumulative.apply(new double[] {points[i] + ulp})[0]);
            }
        }
        return distance;
    }

    /** Elements a distance apart go together no more than by chance: Hoeffding over disjoint pairs. */
    private static Comparison independent(double[] u) {
        double worst = 0;
        for (int lag : new int[] {LAGS[0], LAGS[1], LAGS[2], LAGS[3], u.length / 2}) {
            double sum = 0;
            int pairs = 0;
            for (int start = 0; lag > 0 && start + 2 * lag <= u.length; start += 2 * lag) {
                for (int i = start; i < start + lag; i++) {
                    sum += (2 * u[i] - 1) * (2 * u[i + lag] - 1);
                    pairs++;
                }
            }
            double allowed = Math.sqrt(2 * EVIDENCE / Math.max(pairs, 1));
            worst = Math.max(worst, Math.abs(sum / Math.max(pairs, 1)) / allowed);
            if (worst > 1) {
                return Comparison.wrong("elements " + lag + " apart depend on each other: " + sum / pairs + " over "
                        + pairs + " pairs, allowed " + allowed);
            }
        }
        return new Comparison("", worst, new TreeMap<>());
    }

    /**
     * Ones with probability p throughout, as the text of Bernoulli says, or with 1 − p throughout, as its function body
     * {@code Greater(RandomUniformLike, p)} gives (OP-Bernoulli-D2). A uniform number may be 0, which is not greater than 0.
     */
    static Comparison bernoulli(Tensor y, Tensor probabilities) {
        Comparison text = ones(y, probabilities, p -> p);
        return text.problem().isEmpty()
                        || !ones(y, probabilities, p -> p == 0 ? 1 - ZERO_DRAWN : 1 - p)
                                .problem()
                                .isEmpty()
                ? text
                : Comparison.fine();
    }

    private static Comparison ones(Tensor y, Tensor probabilities, DoubleUnaryOperator law) {
        Map<Double, long[]> counts = new TreeMap<>();
        for (int i = 0; i < y.size(); i++) {
            double value = number(y, i);
            if (value != 0 && value != 1) {
                return Comparison.wrong(Place.of("y", y.shape(), i) + " = " + y.element(i) + ", must be 0 or 1");
            }
            long[] count = counts.computeIfAbsent(probabilities.real(i), p -> new long[2]);
            count[0]++;
            count[1] += (long) value;
        }
        Comparison all = Comparison.fine();
        for (Map.Entry<Double, long[]> group : counts.entrySet()) {
            long[] count = group.getValue();
            all = all.and(share("ones", count[1], count[0], law.applyAsDouble(group.getKey())));
        }
        return all;
    }

    private static double number(Tensor y, int i) {
        return y.type() == ElementType.BOOL ? y.bits(i) : y.real(i);
    }

    static Comparison multinomial(Tensor y, Tensor logits) {
        int classes = logits.shape().dim(1);
        int samples = y.shape().dim(1);
        Comparison all = Comparison.fine();
        for (int row = 0; row < y.shape().dim(0); row++) {
            long[] counts = new long[classes];
            for (int i = 0; i < samples; i++) {
                long chosen = y.integer(row * samples + i);
                if (chosen < 0 || chosen >= classes) {
                    return Comparison.wrong(Place.of("y", y.shape(), row * samples + i) + " = " + chosen
                            + ", there are " + classes + " classes");
                }
                counts[(int) chosen]++;
            }
            // Less the largest, since a power of e may overflow, or all of them be 0.
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                largest = Math.max(largest, logits.real(row * classes + k));
            }
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += StrictMath.exp(logits.real(row * classes + k) - largest);
            }
            for (int k = 0; k < classes; k++) {
                double p = StrictMath.exp(logits.real(row * classes + k) - largest) / sum;
                all = all.and(share("class " + k + " of row " + row, counts[k], samples, p));
            }
        }
        return all;
    }

    /** Chernoff: a share as far as this one has a probability of at most 2·exp(−n·KL(share, p)). */
    static Comparison share(String what, long count, long n, double p) {
        if (n == 0) {
            return Comparison.fine();
        }
        double q = (double) count / n;
        double divergence = n * (term(q, p) + term(1 - q, 1 - p));
        if (!(divergence <= EVIDENCE)) {
            return Comparison.wrong(what + ": " + count + " of " + n + ", the probability is " + p);
        }
        return new Comparison("", Math.sqrt(Math.max(divergence, 0) / EVIDENCE), new TreeMap<>());
    }

    private static double term(double q, double p) {
        return q == 0 ? 0 : p == 0 ? Double.POSITIVE_INFINITY : q * StrictMath.log(q / p);
    }
}
