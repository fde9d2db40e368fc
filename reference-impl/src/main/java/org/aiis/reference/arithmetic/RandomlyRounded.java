package org.aiis.reference.arithmetic;

import java.util.Arrays;

/**
 * Monte Carlo arithmetic: each result, each product and each partial sum is rounded to one of its two neighbours at a
 * given precision, with a probability that makes the rounding unbiased. The exponent range is that of binary64.
 *
 * <p>Random bits from SplitMix64 (Steele, Lea, Flood 2014), so that a seed gives the same numbers on every JVM. Not for
 * several threads: numbers come in the order of use.
 */
final class RandomlyRounded implements Arithmetic {
    private final int dropped;
    private long state;

    RandomlyRounded(int bits, long seed) {
        if (bits < 2 || bits > 52) {
            throw new IllegalArgumentException("precision of " + bits + " bits; 2 to 52 can be");
        }
        this.dropped = 53 - bits;
        this.state = seed;
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Adding a random number below the kept bits and cutting rounds up with the right probability. */
    private double rounded(double exact) {
        long mask = (1L << dropped) - 1;
        long bits = Double.doubleToRawLongBits(exact);
        if ((bits & mask) == 0 || !Double.isFinite(exact)) {
            return exact;
        }
        return Double.longBitsToDouble(bits + (next() & mask) & ~mask);
    }

    @Override
    public Numbers constant(double value, int count) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return Reals.own(values);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        double[] to = new double[x.size()];
        for (int i = 0; i < to.length; i++) {
            double exact = function.apply(((Reals) x).hi[i]);
            to[i] = function.isExact() ? exact : rounded(exact);
        }
        return Reals.own(to);
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        double[] to = new double[a.size()];
        for (int i = 0; i < to.length; i++) {
            double exact = function.apply(((Reals) a).hi[i], ((Reals) b).hi[i]);
            to[i] = function.isExact() ? exact : rounded(exact);
        }
        return Reals.own(to);
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        double[] to = new double[starts.length - 1];
        for (int i = 0; i < to.length; i++) {
            double sum = 0;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sum = rounded(sum + ((Reals) x).hi[k]);
            }
            to[i] = sum;
        }
        return Reals.own(to);
    }

    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        double[] left = ((Reals) a.numbers()).hi;
        double[] right = ((Reals) b.numbers()).hi;
        double[] to = new double[a.rows() * b.columns()];
        for (int i = 0; i < to.length; i++) {
            int m = i / b.columns();
            int n = i % b.columns();
            double sum = 0;
            for (int k = 0; k < a.columns(); k++) {
                if (!b.absent().get(k * b.columns() + n)) {
                    sum = rounded(sum + rounded(left[a.place(m, k)] * right[b.place(k, n)]));
                }
            }
            to[i] = addend.size() == 0 ? sum : rounded(sum + ((Reals) addend).hi[i]);
        }
        return Reals.own(to);
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return Binary64.holds(relation, (Reals) a, i, (Reals) b, j);
    }

    /** The formula, since what is asked for is how much it shakes. */
    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return formula;
    }
}
