package org.aiis.reference.arithmetic;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.aiis.spec.tensor.FloatFormat;

/**
 * First-order propagation of rounding errors, clauses 4.3.4 and 4.3.5 of the standard.
 *
 * <p>σ(v)² = Σ (∂g/∂v_i)²·σ(v_i)² + (u·|v|)²/3 for one operation; for a sum the running error of its partial sums,
 * forward or backward, whichever is larger, takes the place of the last term. A value other than zero counts as at
 * least the smallest normal number, because an underflowing result is rounded by up to u times that. Errors of
 * operands are taken as independent.
 */
final class Errors {
    private static final double CLOSE = 6;
    /** Products from which on rows run side by side. */
    private static final long MUCH = 1L << 18;

    private static final double ROOT_THREE = Math.sqrt(3);
    private final double u;
    private final double least;
    private final Precision dots;

    Errors(FloatFormat format, Precision dots) {
        this.dots = dots;
        this.u = format.unitRoundoff();
        this.least = format.smallestNormal();
    }

    /** The larger of two numbers from 0 up, NaN where one of them is: what {@link Math#max} takes its time for is not asked. */
    static double larger(double a, double b) {
        return a >= b || Double.isNaN(a) ? a : b;
    }

    /** One rounding. */
    private double rounding(double result) {
        double size = larger(Math.abs(result), least);
        return result == 0 ? 0 : larger(u * size / ROOT_THREE, Double.MIN_VALUE);
    }

    /** The power of two that brings numbers up to this one so close to 1 that they can be squared. */
    static double scale(double largest) {
        return Math.scalb(1.0, Math.min(-Math.getExponent(largest), 1000));
    }

    /**
     * The root of a variance of scaled numbers, as a sigma of numbers that are not; one that underflows is the smallest
     * number, since 0 would say that the result is exact. A sigma says nothing beside a result that is not finite.
     */
    static double root(double variance, double scale, double result) {
        if (!Double.isFinite(result) || Double.isNaN(variance) || variance == 0) {
            return 0;
        }
        return larger(Math.sqrt(variance) / scale, Double.MIN_VALUE);
    }

    private static double square(double x) {
        return x * x;
    }

    /** The sigma of independent errors together. */
    private static double together(double a, double b, double c, double result) {
        double scale = scale(larger(larger(Math.abs(a), Math.abs(b)), Math.abs(c)));
        return root(square(a * scale) + square(b * scale) + square(c * scale), scale, result);
    }

    Reals unary(Unary function, Reals x, Reals result) {
        if (x.isExact() && function.isExact()) {
            return result;
        }
        double[] sigma = new double[x.size()];
        for (int i = 0; i < sigma.length; i++) {
            double r = result.hi[i];
            double inherited = x.sigma(i) == 0 ? 0 : function.spread(x.hi[i], r, x.sigma(i));
            sigma[i] = together(inherited, function.isExact() ? 0 : rounding(r), 0, r);
        }
        return result.withErrors(sigma, Reals.NONE);
    }

    Reals binary(Binary function, Reals a, Reals b, Reals result) {
        if (a.isExact() && b.isExact() && function.isExact()) {
            return result;
        }
        double[] sigma = new double[a.size()];
        for (int i = 0; i < sigma.length; i++) {
            double r = result.hi[i];
            sigma[i] = function.isExact()
                    ? selected(a.hi[i], a.sigma(i), b.hi[i], b.sigma(i), r)
                    : together(first(function, a, b, i, r), second(function, a, b, i, r), rounding(r), r);
        }
        return result.withErrors(sigma, Reals.NONE);
    }

    /** What an operand's error does to the result; an exact operand does nothing, however steep the function. */
    private static double first(Binary function, Reals a, Reals b, int i, double r) {
        return a.sigma(i) == 0 ? 0 : function.spreadByFirst(a.hi[i], b.hi[i], r, a.sigma(i));
    }

    private static double second(Binary function, Reals a, Reals b, int i, double r) {
        return b.sigma(i) == 0 ? 0 : function.spreadBySecond(a.hi[i], b.hi[i], r, b.sigma(i));
    }

    /** Of two numbers so close that either could be the extreme, the larger error. */
    private static double selected(double a, double sigmaA, double b, double sigmaB, double r) {
        if (!Double.isFinite(r)) {
            return 0;
        }
        boolean either = Math.abs(a - b) <= CLOSE * (sigmaA + sigmaB);
        return either ? Math.max(sigmaA, sigmaB) : r == a ? sigmaA : sigmaB;
    }

    Reals sums(Reals x, int[] starts, Reals result) {
        double[] sigma = new double[result.size()];
        double[] magnitude = new double[result.size()];
        for (int i = 0; i < sigma.length; i++) {
            PartialSums sums = new PartialSums(1, u, least);
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sums.see(0, x.hi[k]);
                sums.see(0, x.sigma(k));
            }
            sums.scale();
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sums.add(0, x.hi[k]);
                sums.inherit(0, x.sigma(k));
            }
            for (int k = starts[i + 1] - 1; k >= starts[i]; k--) {
                sums.addBackward(0, x.hi[k]);
            }
            sigma[i] = sums.sigma(0, result.hi[i]);
            magnitude[i] = sums.magnitude(0);
        }
        return result.withErrors(sigma, magnitude);
    }

    Reals dots(Matrix a, Matrix b, Reals addend, Reals result) {
        Factors left = new Factors(a);
        Factors right = new Factors(b);
        int columns = b.columns();
        double widest = dots.transformed() > 0 ? right.largestColumn(b) : 0;
        double[] sigma = new double[result.size()];
        double[] magnitude = new double[result.size()];
        IntStream rows = IntStream.range(0, a.rows());
        ((long) result.size() * a.columns() < MUCH ? rows : rows.parallel())
                .forEach(m -> row(m, left, right, b.absent(), columns, widest, addend, result, sigma, magnitude));
        return result.withErrors(sigma, magnitude);
    }

    /** Sigma and magnitude of a row of the product; rows do not touch each other. */
    private void row(
            int m,
            Factors left,
            Factors right,
            BitSet absent,
            int columns,
            double widest,
            Reals addend,
            Reals result,
            double[] sigma,
            double[] magnitude) {
        int terms = columns == 0 ? 0 : right.values.length / columns;
        boolean whole = absent.isEmpty();
        PartialSums row = new PartialSums(columns, u, least);
        for (int k = 0; k < terms; k++) {
            int factor = m * terms + k;
            for (int n = 0; n < columns; n++) {
                int other = k * columns + n;
                if (whole || !absent.get(other)) {
                    row.see(n, left.values[factor] * right.values[other]);
                    row.see(n, left.spread(factor, right.values[other]));
                    row.see(n, right.spread(other, left.values[factor]));
                }
            }
        }
        for (int n = 0; n < columns && addend.size() > 0; n++) {
            row.see(n, addend.hi[m * columns + n]);
            row.see(n, addend.sigma(m * columns + n));
        }
        row.scale();
        DotSums sums = new DotSums(columns, u, least, dots);
        for (int n = 0; n < columns; n++) {
            sums.begin(n, row.scale(n), addend.size() > 0 ? addend.hi[m * columns + n] : 0);
        }
        for (int k = 0; k < terms; k++) {
            int factor = m * terms + k;
            for (int n = 0; n < columns; n++) {
                int other = k * columns + n;
                if (whole || !absent.get(other)) {
                    double product = left.values[factor] * right.values[other];
                    sums.add(n, product);
                    magnitude[m * columns + n] += Math.abs(product);
                    row.inherit(n, left.spread(factor, right.values[other]));
                    row.inherit(n, right.spread(other, left.values[factor]));
                }
            }
        }
        for (int k = terms - 1; k >= 0; k--) {
            for (int n = 0; n < columns; n++) {
                if (whole || !absent.get(k * columns + n)) {
                    sums.addBackward(n, left.values[m * terms + k] * right.values[k * columns + n]);
                }
            }
        }
        sums.end(terms);
        double norm = widest == 0 ? 0 : left.norm(m * terms, terms, 1);
        for (int n = 0; n < columns; n++) {
            int i = m * columns + n;
            if (addend.size() > 0) {
                magnitude[i] += Math.abs(addend.hi[i]);
                row.inherit(n, addend.sigma(i));
            }
            sigma[i] = sums.sigma(n, result.hi[i], norm * widest, row.inherited(n));
        }
    }

    /** The elements of a matrix with their sigmas, row-major. */
    private static final class Factors {
        final double[] values;
        private final double[] sigmas;

        Factors(Matrix matrix) {
            Reals numbers = (Reals) matrix.numbers();
            values = matrix.pack(numbers.hi);
            sigmas = matrix.pack(numbers.sigma);
        }

        double norm(int from, int count, int step) {
            double largest = 0;
            for (int k = 0; k < count; k++) {
                largest = Math.max(largest, Math.abs(values[from + k * step]));
            }
            double scale = scale(largest);
            double squares = 0;
            for (int k = 0; k < count; k++) {
                squares += square(values[from + k * step] * scale);
            }
            return Math.sqrt(squares) / scale;
        }

        double largestColumn(Matrix matrix) {
            double largest = 0;
            for (int n = 0; n < matrix.columns(); n++) {
                largest = Math.max(largest, norm(n, matrix.rows(), matrix.columns()));
            }
            return largest;
        }

        /** What the error of an element does to its product with a number. */
        double spread(int i, double other) {
            return sigmas.length == 0 || sigmas[i] == 0 ? 0 : sigmas[i] * other;
        }
    }
}
