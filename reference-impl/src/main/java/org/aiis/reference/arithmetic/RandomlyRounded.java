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
    /** By which the state of SplitMix64 grows. */
    static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static final long INFINITE = 0x7FFL << 52;

    private final long mask;
    private final long productMask;
    private final long sumMask;
    private final boolean relaxed;
    private long state;

    RandomlyRounded(int bits, long seed) {
        this(bits, bits, bits, false, seed);
    }

    /**
     * One whose dot products are less precise.
     *
     * @param products bits of the products of a dot product
     * @param sums bits of its partial sums
     * @param relaxed whether functions are as precise as the accuracy level relaxed asks, rather than rounded once
     */
    RandomlyRounded(int bits, int products, int sums, boolean relaxed, long seed) {
        this.relaxed = relaxed;
        this.mask = mask(bits);
        this.productMask = mask(products);
        this.sumMask = mask(sums);
        this.state = seed;
    }

    private static long mask(int bits) {
        if (bits < 2 || bits > 52) {
            throw new IllegalArgumentException("precision of " + bits + " bits; 2 to 52 can be");
        }
        return (1L << 53 - bits) - 1;
    }

    private long next() {
        state += GAMMA;
        return mixed(state);
    }

    /** The number that SplitMix64 gives of a state. */
    static long mixed(long state) {
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Adding a random number below the kept bits and cutting rounds up with the right probability. */
    private double rounded(double exact) {
        return rounded(exact, mask);
    }

    private double rounded(double exact, long below) {
        long bits = Double.doubleToRawLongBits(exact);
        if ((bits & below) == 0 || (bits & INFINITE) == INFINITE) {
            return exact;
        }
        return Double.longBitsToDouble(bits + (next() & below) & ~below);
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
            double at = ((Reals) x).hi[i];
            double exact = function.apply(at);
            to[i] = function.isExact() ? exact : rounded(relaxed ? shaken(function, at, exact) : exact);
        }
        return Reals.own(to);
    }

    /** Off by up to the floor of the operator table, in units of half an ulp of 1; an exponential by one that grows with x. */
    private double shaken(Unary function, double x, double exact) {
        double most =
                switch (function) {
                    case SIGMOID, TANH, ERF -> 1;
                    case SIN, COS -> 8;
                    case EXP -> 2 * Math.abs(x * exact);
                    default -> 0;
                };
        return most == 0 || !Double.isFinite(most) || exact == 0
                ? exact
                : exact + most * (mask + 1) * 0x1p-53 * ((next() >> 11) * 0x1p-52);
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
        double[] left = a.pack(((Reals) a.numbers()).hi);
        int terms = a.columns();
        int columns = b.columns();
        // An absent element is stored as 0, and 0 times a finite number adds nothing and rounds nothing.
        boolean skip = !b.absent().isEmpty() && !Arrays.stream(left).allMatch(Double::isFinite);
        if (!skip && (long) a.rows() * terms * columns >= ShakenProducts.MUCH) {
            ShakenProducts products = new ShakenProducts(left, b, productMask, sumMask, state);
            state = products.state();
            return plus(products.result(), addend);
        }
        double[] across = across(b);
        double[] to = new double[a.rows() * columns];
        for (int i = 0; i < to.length; i++) {
            int row = i / columns * terms;
            int n = i % columns;
            double sum = skip ? present(left, row, across, b, n) : dot(left, row, across, n * terms, terms);
            to[i] = addend.size() == 0 ? sum : rounded(sum + ((Reals) addend).hi[i]);
        }
        return Reals.own(to);
    }

    private Numbers plus(double[] sums, Numbers addend) {
        for (int i = 0; i < addend.size(); i++) {
            sums[i] = rounded(sums[i] + ((Reals) addend).hi[i]);
        }
        return Reals.own(sums);
    }

    /** The columns of a matrix one after the other, absent elements as 0. */
    private static double[] across(Matrix b) {
        double[] from = ((Reals) b.numbers()).hi;
        double[] across = new double[b.rows() * b.columns()];
        boolean whole = b.absent().isEmpty();
        for (int n = 0; n < b.columns(); n++) {
            for (int k = 0; k < b.rows(); k++) {
                if (whole || !b.absent().get(k * b.columns() + n)) {
                    across[n * b.rows() + k] = from[b.place(k, n)];
                }
            }
        }
        return across;
    }

    private double dot(double[] left, int row, double[] right, int column, int terms) {
        double sum = 0;
        for (int k = 0; k < terms; k++) {
            sum = rounded(sum + rounded(left[row + k] * right[column + k], productMask), sumMask);
        }
        return sum;
    }

    private double present(double[] left, int row, double[] right, Matrix b, int n) {
        double sum = 0;
        for (int k = 0; k < b.rows(); k++) {
            if (!b.absent().get(k * b.columns() + n)) {
                sum = rounded(sum + rounded(left[row + k] * right[n * b.rows() + k], productMask), sumMask);
            }
        }
        return sum;
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
