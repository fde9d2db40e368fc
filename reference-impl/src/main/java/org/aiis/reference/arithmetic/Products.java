package org.aiis.reference.arithmetic;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Matrix product in binary64, every sum from its first product to its last.
 *
 * <p>Four rows at a time over a block of the right matrix, in loops that a JIT turns into vectors. Blocks follow each other
 * in the order of the terms, so that no sum is split or reordered and the result does not depend on them. Bands of rows run
 * side by side when there is much to do.
 */
final class Products {
    /** Columns and terms of a block of the right matrix: 128 KiB, which stays in a core's cache while rows pass over it. */
    private static final int STRIP = 256;

    private static final int DEPTH = 64;
    private static final int ROWS = 4;
    private static final int BAND = 16;
    private static final long MUCH = 1L << 22;

    private final double[] left;
    private final double[] right;
    private final int terms;
    private final int columns;
    private final double[] sums;

    private Products(double[] left, double[] right, int terms, int columns, double[] sums) {
        this.left = left;
        this.right = right;
        this.terms = terms;
        this.columns = columns;
        this.sums = sums;
    }

    /** left [rows, terms] · right [terms, columns], both row-major. */
    static double[] of(double[] left, double[] right, int rows, int terms, int columns) {
        double[] sums = new double[rows * columns];
        Products products = new Products(left, right, terms, columns, sums);
        IntStream bands = IntStream.range(0, (rows + BAND - 1) / BAND);
        ((long) rows * terms * columns < MUCH ? bands : bands.parallel())
                .forEach(band -> products.band(band * BAND, Math.min((band + 1) * BAND, rows)));
        return sums;
    }

    private void band(int first, int last) {
        for (int from = 0; from < columns; from += STRIP) {
            int width = Math.min(STRIP, columns - from);
            for (int k = 0; k < terms; k += DEPTH) {
                int row = first;
                for (; row + ROWS <= last; row += ROWS) {
                    fourRows(row, from, width, k, Math.min(k + DEPTH, terms));
                }
                for (; row < last; row++) {
                    oneRow(row, from, width, k, Math.min(k + DEPTH, terms));
                }
            }
        }
    }

    private double[] begun(int row, int from, int width) {
        int at = row * columns + from;
        return Arrays.copyOfRange(sums, at, at + width);
    }

    private void keep(double[] sum, int row, int from) {
        System.arraycopy(sum, 0, sums, row * columns + from, sum.length);
    }

    private void fourRows(int row, int from, int width, int start, int end) {
        double[] s0 = begun(row, from, width);
        double[] s1 = begun(row + 1, from, width);
        double[] s2 = begun(row + 2, from, width);
        double[] s3 = begun(row + 3, from, width);
        int k = start;
        for (; k + 1 < end; k += 2) {
            twoSteps(s0, s1, s2, s3, row * terms + k, k * columns + from);
        }
        for (; k < end; k++) {
            oneStep(s0, left[row * terms + k], k * columns + from);
            oneStep(s1, left[(row + 1) * terms + k], k * columns + from);
            oneStep(s2, left[(row + 2) * terms + k], k * columns + from);
            oneStep(s3, left[(row + 3) * terms + k], k * columns + from);
        }
        keep(s0, row, from);
        keep(s1, row + 1, from);
        keep(s2, row + 2, from);
        keep(s3, row + 3, from);
    }

    private void twoSteps(double[] s0, double[] s1, double[] s2, double[] s3, int at, int from) {
        double a0 = left[at];
        double b0 = left[at + 1];
        double a1 = left[at + terms];
        double b1 = left[at + terms + 1];
        double a2 = left[at + 2 * terms];
        double b2 = left[at + 2 * terms + 1];
        double a3 = left[at + 3 * terms];
        double b3 = left[at + 3 * terms + 1];
        int next = from + columns;
        for (int n = 0; n < s0.length; n++) {
            double x = right[from + n];
            double y = right[next + n];
            s0[n] = s0[n] + a0 * x + b0 * y;
            s1[n] = s1[n] + a1 * x + b1 * y;
            s2[n] = s2[n] + a2 * x + b2 * y;
            s3[n] = s3[n] + a3 * x + b3 * y;
        }
    }

    private void oneStep(double[] sum, double factor, int from) {
        for (int n = 0; n < sum.length; n++) {
            sum[n] += factor * right[from + n];
        }
    }

    private void oneRow(int row, int from, int width, int start, int end) {
        double[] sum = begun(row, from, width);
        int k = start;
        for (; k + 3 < end; k += 4) {
            fourSteps(sum, row * terms + k, k * columns + from);
        }
        for (; k < end; k++) {
            oneStep(sum, left[row * terms + k], k * columns + from);
        }
        keep(sum, row, from);
    }

    private void fourSteps(double[] sum, int at, int from) {
        double a = left[at];
        double b = left[at + 1];
        double c = left[at + 2];
        double d = left[at + 3];
        int second = from + columns;
        int third = second + columns;
        int fourth = third + columns;
        for (int n = 0; n < sum.length; n++) {
            sum[n] =
                    sum[n] + a * right[from + n] + b * right[second + n] + c * right[third + n] + d * right[fourth + n];
        }
    }
}
