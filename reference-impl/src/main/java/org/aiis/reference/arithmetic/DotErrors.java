package org.aiis.reference.arithmetic;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The running error of matrix products whose numbers are finite and far from underflow: what {@link PartialSums} counts, in
 * loops over a row's columns that a JIT turns into vectors.
 *
 * <p>PartialSums counts no partial sum other than zero as smaller than the smallest normal number, and a zero as zero; here a
 * zero counts as that number too, which changes nothing where every sum's largest term is {@link #FAR} times larger. A row
 * where one is not is left to PartialSums.
 */
final class DotErrors {
    private static final double FAR = 0x1p60;
    /** Columns at a time: their part of the right matrix stays in a core's cache while the rows pass over it. */
    private static final int STRIP = 128;

    private static final long MUCH = 1L << 18;

    private final Factor left;
    private final Factor right;
    private final double[] present;
    private final Reals addend;
    private final int terms;
    private final int columns;
    private final double u;
    private final double least;

    /** Numbers of a matrix and their sigmas, row-major; no sigmas where all are 0. */
    static final class Factor {
        final double[] values;
        final double[] sigmas;

        Factor(double[] values, double[] sigmas) {
            this.values = values;
            this.sigmas = sigmas;
        }

        boolean isFinite() {
            return Arrays.stream(values).allMatch(Double::isFinite)
                    && Arrays.stream(sigmas).allMatch(Double::isFinite);
        }
    }

    /** What is known of a row's sums. */
    interface Row {
        void of(int row, double[] sigma, double[] magnitude);
    }

    private DotErrors(
            Factor left, Factor right, BitSet absent, Reals addend, int terms, int columns, double u, double least) {
        this.left = left;
        this.right = right;
        this.addend = addend;
        this.terms = terms;
        this.columns = columns;
        this.u = u;
        this.least = least;
        this.present = absent.isEmpty() ? Reals.NONE : new double[terms * columns];
        Arrays.setAll(present, i -> absent.get(i) ? 0 : 1);
    }

    /**
     * Calculates sigma and magnitude of every element, and gives the rows that it does not take to another way.
     *
     * @return false when the numbers are not finite, so that no row was calculated
     */
    static boolean calculate(
            Factor left,
            Factor right,
            BitSet absent,
            Reals addend,
            int rows,
            int columns,
            double u,
            double least,
            Reals result,
            double[] sigma,
            double[] magnitude,
            Row otherwise) {
        int terms = rows == 0 ? 0 : left.values.length / rows;
        if (columns == 0
                || !left.isFinite()
                || !right.isFinite()
                || !Arrays.stream(addend.hi).allMatch(Double::isFinite)) {
            return false;
        }
        DotErrors errors = new DotErrors(left, right, absent, addend, terms, columns, u, least);
        Set<Integer> near = ConcurrentHashMap.newKeySet();
        IntStream strips = IntStream.range(0, (columns + STRIP - 1) / STRIP);
        ((long) rows * terms * columns < MUCH ? strips : strips.parallel()).forEach(strip -> {
            int from = strip * STRIP;
            for (int row = 0; row < rows; row++) {
                if (!errors.row(row, from, Math.min(STRIP, columns - from), result, sigma, magnitude)) {
                    near.add(row);
                }
            }
        });
        near.forEach(row -> otherwise.of(row, sigma, magnitude));
        return true;
    }

    /** Some columns of a row; false when one of them is too near to underflow. */
    private boolean row(int row, int from, int width, Reals result, double[] sigma, double[] magnitude) {
        double[] largest = new double[width];
        double[] sizes = new double[width];
        for (int k = 0; k < terms; k++) {
            see(largest, sizes, left.values[row * terms + k], k * columns + from);
            seeErrors(largest, row * terms + k, k * columns + from);
        }
        int at = row * columns + from;
        for (int n = 0; n < width && addend.size() > 0; n++) {
            double term = Math.abs(addend.hi[at + n]);
            largest[n] = Math.max(largest[n], Math.max(term, addend.sigma(at + n)));
            sizes[n] += term;
        }
        double[] scale = new double[width];
        for (int n = 0; n < width; n++) {
            if (largest[n] < FAR * least || !Double.isFinite(sizes[n])) {
                return false;
            }
            scale[n] = Errors.scale(largest[n]);
        }
        double[] squares = new double[width];
        double[] forward = forward(row, from, scale, squares);
        double[] backward = backward(row, from, scale);
        double[] inherited = inherited(row, from, scale);
        for (int n = 0; n < width; n++) {
            double r = counted(result.hi[at + n] * scale[n], least * scale[n]);
            double own = u * Math.max(Math.sqrt((Math.max(forward[n], backward[n]) + squares[n] + r * r) / 3), r);
            sigma[at + n] = Errors.root(own * own + inherited[n], scale[n], result.hi[at + n]);
            magnitude[at + n] = sizes[n];
        }
        return true;
    }

    private static double counted(double scaled, double floor) {
        return scaled == 0 ? 0 : Math.max(Math.abs(scaled), floor);
    }

    private void see(double[] largest, double[] sizes, double factor, int from) {
        double[] others = right.values;
        for (int n = 0; n < largest.length; n++) {
            double size = Math.abs(factor * others[from + n]);
            largest[n] = Math.max(largest[n], size);
            sizes[n] += size;
        }
    }

    private void seeErrors(double[] largest, int factor, int from) {
        if (left.sigmas.length > 0) {
            double spread = left.sigmas[factor];
            double[] others = right.values;
            for (int n = 0; n < largest.length; n++) {
                largest[n] = Math.max(largest[n], Math.abs(spread * others[from + n]));
            }
        }
        if (right.sigmas.length > 0) {
            double value = left.values[factor];
            double[] spreads = right.sigmas;
            for (int n = 0; n < largest.length; n++) {
                largest[n] = Math.max(largest[n], Math.abs(value * spreads[from + n]));
            }
        }
    }

    private double[] forward(int row, int from, double[] scale, double[] squares) {
        double[] sum = new double[scale.length];
        double[] forward = new double[scale.length];
        for (int k = 0; k < terms; k++) {
            double factor = left.values[row * terms + k];
            products(squares, scale, factor, k * columns + from);
            step(sum, forward, scale, factor, k * columns + from);
        }
        for (int n = 0; n < sum.length && addend.size() > 0; n++) {
            sum[n] += addend.hi[row * columns + from + n] * scale[n];
            double size = counted(sum[n], least * scale[n]);
            forward[n] += size * size;
        }
        return forward;
    }

    private double[] backward(int row, int from, double[] scale) {
        double[] sum = new double[scale.length];
        double[] backward = new double[scale.length];
        for (int n = 0; n < sum.length && addend.size() > 0; n++) {
            sum[n] = addend.hi[row * columns + from + n] * scale[n];
            double size = counted(sum[n], least * scale[n]);
            backward[n] = size * size;
        }
        for (int k = terms - 1; k >= 0; k--) {
            step(sum, backward, scale, left.values[row * terms + k], k * columns + from);
        }
        return backward;
    }

    private void products(double[] squares, double[] scale, double factor, int from) {
        double[] others = right.values;
        for (int n = 0; n < squares.length; n++) {
            double term = factor * others[from + n] * scale[n];
            squares[n] += term * term;
        }
    }

    private void step(double[] sum, double[] partials, double[] scale, double factor, int from) {
        if (present.length == 0) {
            stepEach(sum, partials, scale, factor, from);
        } else {
            stepWherePresent(sum, partials, scale, factor, from);
        }
    }

    private void stepEach(double[] sum, double[] partials, double[] scale, double factor, int from) {
        double[] others = right.values;
        for (int n = 0; n < sum.length; n++) {
            double next = sum[n] + factor * others[from + n] * scale[n];
            sum[n] = next;
            double size = Math.max(Math.abs(next), least * scale[n]);
            partials[n] += size * size;
        }
    }

    private void stepWherePresent(double[] sum, double[] partials, double[] scale, double factor, int from) {
        double[] others = right.values;
        for (int n = 0; n < sum.length; n++) {
            double next = sum[n] + factor * others[from + n] * scale[n];
            sum[n] = next;
            double size = Math.max(Math.abs(next), least * scale[n]);
            partials[n] += present[from + n] * (size * size);
        }
    }

    private double[] inherited(int row, int from, double[] scale) {
        double[] inherited = new double[scale.length];
        for (int k = 0; k < terms; k++) {
            if (left.sigmas.length > 0) {
                inherit(inherited, scale, left.sigmas[row * terms + k], right.values, k * columns + from);
            }
            if (right.sigmas.length > 0) {
                inherit(inherited, scale, left.values[row * terms + k], right.sigmas, k * columns + from);
            }
        }
        for (int n = 0; n < inherited.length && addend.size() > 0; n++) {
            double own = addend.sigma(row * columns + from + n) * scale[n];
            inherited[n] += own * own;
        }
        return inherited;
    }

    private static void inherit(double[] inherited, double[] scale, double factor, double[] others, int from) {
        for (int n = 0; n < inherited.length; n++) {
            double spread = factor * others[from + n] * scale[n];
            inherited[n] += spread * spread;
        }
    }
}
