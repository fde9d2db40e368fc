package org.aiis.reference.arithmetic;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Real numbers with what is known about the error that a right implementation may make in them.
 *
 * <p>An empty array stands for the default, so that exact numbers cost one array: low parts and sigmas 0, magnitudes
 * those of the numbers.
 */
public final class Reals implements Numbers {
    static final double[] NONE = {};
    private static final int[] NO_FACTORS = {};

    final double[] hi;
    final double[] lo;
    final double[] sigma;
    final double[] magnitude;
    /** Empty where each number is one factor. */
    private final int[] factors;

    private Reals(double[] hi, double[] lo, double[] sigma, double[] magnitude, int[] factors) {
        this.hi = hi;
        this.lo = lo;
        this.sigma = sigma;
        this.magnitude = magnitude;
        this.factors = factors;
    }

    /** Exact numbers; takes the array over. */
    public static Reals own(double[] values) {
        return new Reals(values, NONE, NONE, NONE, NO_FACTORS);
    }

    /** Exact sums hi + lo; takes the arrays over. */
    public static Reals own(double[] hi, double[] lo) {
        return new Reals(hi, lo, NONE, NONE, NO_FACTORS);
    }

    Reals withErrors(double[] sigmas, double[] magnitudes) {
        return new Reals(hi, lo, sigmas, magnitudes, factors);
    }

    /** These values with the errors of others, computed another way. */
    Reals withErrorsOf(Reals other) {
        return new Reals(hi, lo, other.sigma, other.magnitude, factors);
    }

    /** These values with the larger error of two right ways to compute them, number by number. */
    public Reals withLargerErrors(Reals other) {
        if (isExact() && other.isExact()) {
            return this;
        }
        double[] larger = new double[hi.length];
        Arrays.setAll(larger, i -> Math.max(sigma(i), other.sigma(i)));
        return new Reals(hi, lo, larger, magnitude, factors);
    }

    /** The same numbers with further independent errors. */
    public Reals withMoreErrors(double[] more) {
        double[] all = new double[hi.length];
        Arrays.setAll(all, i -> StrictMath.hypot(sigma(i), more[i]));
        return new Reals(hi, lo, all, magnitude, factors);
    }

    /** The same numbers, each the product of so many factors, number by number; takes the array over. */
    public Reals withFactors(int[] counts) {
        return new Reals(hi, lo, sigma, magnitude, counts);
    }

    /** The same numbers with other errors, number by number; takes the array over. */
    public Reals withErrors(double[] sigmas) {
        return withErrors(sigmas, magnitude);
    }

    /** The same numbers taken as exact: for a value whose error cancels out of the result. */
    public Reals withoutErrors() {
        return new Reals(hi, lo, NONE, NONE, NO_FACTORS);
    }

    public double hi(int i) {
        return hi[i];
    }

    public double lo(int i) {
        return lo.length == 0 ? 0 : lo[i];
    }

    public double sigma(int i) {
        return sigma.length == 0 ? 0 : sigma[i];
    }

    public double magnitude(int i) {
        return magnitude.length == 0 ? Math.abs(hi[i]) : magnitude[i];
    }

    public int factors(int i) {
        return factors.length == 0 ? 1 : factors[i];
    }

    Twofold twofold(int i) {
        return new Twofold(hi[i], lo(i));
    }

    boolean isExact() {
        return sigma.length == 0;
    }

    @Override
    public int size() {
        return hi.length;
    }

    @Override
    public Reals gather(int[] at) {
        int[] counts = factors.length == 0
                ? NO_FACTORS
                : Arrays.stream(at).map(i -> factors[i]).toArray();
        return new Reals(pick(hi, at), pick(lo, at), pick(sigma, at), pick(magnitude, at), counts);
    }

    private static double[] pick(double[] from, int[] at) {
        if (from.length == 0) {
            return NONE;
        }
        double[] picked = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            picked[i] = from[at[i]];
        }
        return picked;
    }

    static Reals joined(List<Reals> parts) {
        return new Reals(
                joined(parts, r -> r.hi, r -> r.hi),
                joined(parts, r -> r.lo, r -> new double[r.size()]),
                joined(parts, r -> r.sigma, r -> new double[r.size()]),
                joined(parts, r -> r.magnitude, r -> {
                    double[] sizes = new double[r.size()];
                    Arrays.setAll(sizes, r::magnitude);
                    return sizes;
                }),
                parts.stream().allMatch(r -> r.factors.length == 0)
                        ? NO_FACTORS
                        : parts.stream()
                                .flatMapToInt(r -> IntStream.range(0, r.size()).map(r::factors))
                                .toArray());
    }

    private static double[] joined(
            List<Reals> parts, Function<Reals, double[]> field, Function<Reals, double[]> otherwise) {
        if (parts.stream().allMatch(r -> field.apply(r).length == 0)) {
            return NONE;
        }
        double[] all = new double[parts.stream().mapToInt(Reals::size).sum()];
        int done = 0;
        for (Reals part : parts) {
            double[] own = field.apply(part);
            System.arraycopy(own.length == 0 ? otherwise.apply(part) : own, 0, all, done, part.size());
            done += part.size();
        }
        return all;
    }
}
