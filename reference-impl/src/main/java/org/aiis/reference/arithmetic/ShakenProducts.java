package org.aiis.reference.arithmetic;

import java.util.Arrays;

/**
 * Matrix product whose every product and partial sum is rounded at random, for much of it: sums of a strip of columns go on side by
 * side, so that the right matrix is read in the order in which it lies, and is not turned as a whole first.
 *
 * <p>Each sum has the terms and the roundings that {@link RandomlyRounded} gives it one column after the other, in the same order; only
 * which random number meets which rounding is another. Where both roundings take fewer than 32 bits they share one number of 64.
 */
final class ShakenProducts {
    /** Products from which on it is worth it: below, results stay those of one column after the other. */
    static final long MUCH = 1L << 22;

    private static final long INFINITE = 0x7FFL << 52;

    /** Columns side by side; of a matrix that lies the other way so many are turned at once. */
    private static final int STRIP = 256;

    private static final int BLOCK = 32;

    private final double[] left;
    private final Matrix matrix;
    private final double[] right;
    private final long productMask;
    private final long sumMask;
    private final double[] to;
    private long state;

    /**
     * Calculates.
     *
     * @param left row-major, as many columns as the other has rows
     * @param right of which no element is absent, or is stored as 0
     * @param productMask the bits that the rounding of a product takes off
     * @param sumMask those that the rounding of a partial sum takes off
     * @param state of SplitMix64
     */
    ShakenProducts(double[] left, Matrix right, long productMask, long sumMask, long state) {
        this.left = left;
        this.matrix = right;
        this.right = ((Reals) right.numbers()).hi;
        this.productMask = productMask;
        this.sumMask = sumMask;
        this.state = state;
        this.to = new double[right.rows() == 0 ? 0 : left.length / right.rows() * right.columns()];
        boolean turned = right.columnStep() != 1;
        double[] strip = new double[turned ? right.rows() * Math.min(STRIP, right.columns()) : 0];
        for (int from = 0; from < right.columns(); from += STRIP) {
            int width = Math.min(STRIP, right.columns() - from);
            if (turned) {
                turn(strip, from, width);
                strip(strip, 0, width, from, width);
            } else {
                strip(this.right, right.place(0, from), right.rowStep(), from, width);
            }
        }
    }

    /** Row-major, as many rows as the left matrix has. */
    double[] result() {
        return to;
    }

    /** Of SplitMix64, for what comes next. */
    long state() {
        return state;
    }

    private void turn(double[] strip, int from, int width) {
        for (int block = 0; block < matrix.rows(); block += BLOCK) {
            int end = Math.min(block + BLOCK, matrix.rows());
            for (int n = 0; n < width; n++) {
                for (int k = block; k < end; k++) {
                    strip[k * width + n] = right[matrix.place(k, from + n)];
                }
            }
        }
    }

    private void strip(double[] of, int at, int step, int from, int width) {
        int terms = matrix.rows();
        double[] sums = new double[width];
        boolean shared = productMask >>> 32 == 0 && sumMask >>> 32 == 0;
        for (int row = 0; row * terms < left.length; row++) {
            Arrays.fill(sums, 0);
            for (int k = 0; k < terms; k++) {
                double factor = left[row * terms + k];
                if (factor == 0) {
                    // A product of 0 and a sum with it are exact; what is not finite makes NaN of it.
                    plain(sums, factor, of, at + k * step);
                } else if (shared) {
                    state = shared(sums, factor, of, at + k * step, state);
                } else {
                    state = apart(sums, factor, of, at + k * step, state);
                }
            }
            System.arraycopy(sums, 0, to, row * matrix.columns() + from, width);
        }
    }

    private static void plain(double[] sums, double factor, double[] of, int at) {
        for (int n = 0; n < sums.length; n++) {
            sums[n] += factor * of[at + n];
        }
    }

    private long shared(double[] sums, double factor, double[] of, int at, long before) {
        long seed = before;
        for (int n = 0; n < sums.length; n++) {
            seed += RandomlyRounded.GAMMA;
            long random = RandomlyRounded.mixed(seed);
            double product = rounded(factor * of[at + n], productMask, random >>> 32);
            sums[n] = rounded(sums[n] + product, sumMask, random);
        }
        return seed;
    }

    private long apart(double[] sums, double factor, double[] of, int at, long before) {
        long seed = before;
        for (int n = 0; n < sums.length; n++) {
            seed += RandomlyRounded.GAMMA;
            double product = rounded(factor * of[at + n], productMask, RandomlyRounded.mixed(seed));
            seed += RandomlyRounded.GAMMA;
            sums[n] = rounded(sums[n] + product, sumMask, RandomlyRounded.mixed(seed));
        }
        return seed;
    }

    private static double rounded(double exact, long below, long random) {
        long bits = Double.doubleToRawLongBits(exact);
        return (bits & INFINITE) == INFINITE ? exact : Double.longBitsToDouble(bits + (random & below) & ~below);
    }
}
