package org.aiis.reference.arithmetic;

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
    private static final double ROOT_THREE = Math.sqrt(3);
    private final double u;
    private final double least;

    Errors(FloatFormat format) {
        this.u = format.unitRoundoff();
        this.least = format.smallestNormal();
    }

    /** One rounding. */
    private double rounding(double result) {
        double size = Math.max(Math.abs(result), least);
        return result == 0 ? 0 : Math.max(u * size / ROOT_THREE, Double.MIN_VALUE);
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
        return Math.max(Math.sqrt(variance) / scale, Double.MIN_VALUE);
    }

    private static double square(double x) {
        return x * x;
    }

    /** The sigma of independent errors together. */
    private static double together(double a, double b, double c, double result) {
        double scale = scale(Math.max(Math.max(Math.abs(a), Math.abs(b)), Math.abs(c)));
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
                sums.add(0, x.hi[k], false);
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
        DotErrors.Factor left = factor(a);
        DotErrors.Factor right = factor(b);
        double[] sigma = new double[result.size()];
        double[] magnitude = new double[result.size()];
        DotErrors.Row oneByOne =
                (row, sigmas, magnitudes) -> row(row, left, right, b, addend, result, sigmas, magnitudes);
        if (!DotErrors.calculate(
                left, right, b.absent(), addend, a.rows(), b.columns(), u, least, result, sigma, magnitude, oneByOne)) {
            for (int m = 0; m < a.rows(); m++) {
                oneByOne.of(m, sigma, magnitude);
            }
        }
        return result.withErrors(sigma, magnitude);
    }

    /** A row of a matrix product, whatever its numbers are. */
    private void row(
            int m,
            DotErrors.Factor left,
            DotErrors.Factor right,
            Matrix b,
            Reals addend,
            Reals result,
            double[] sigma,
            double[] magnitude) {
        int columns = b.columns();
        int terms = b.rows();
        PartialSums row = new PartialSums(columns, u, least);
        for (int k = 0; k < terms; k++) {
            int factor = m * terms + k;
            for (int n = 0; n < columns; n++) {
                int other = k * columns + n;
                if (!b.absent().get(other)) {
                    row.see(n, left.values[factor] * right.values[other]);
                    row.see(n, spread(left, factor, right.values[other]));
                    row.see(n, spread(right, other, left.values[factor]));
                }
            }
        }
        for (int n = 0; n < columns && addend.size() > 0; n++) {
            row.see(n, addend.hi[m * columns + n]);
            row.see(n, addend.sigma(m * columns + n));
        }
        row.scale();
        for (int k = 0; k < terms; k++) {
            int factor = m * terms + k;
            for (int n = 0; n < columns; n++) {
                int other = k * columns + n;
                if (!b.absent().get(other)) {
                    row.add(n, left.values[factor] * right.values[other], true);
                    row.inherit(n, spread(left, factor, right.values[other]));
                    row.inherit(n, spread(right, other, left.values[factor]));
                }
            }
        }
        for (int n = 0; n < columns && addend.size() > 0; n++) {
            row.add(n, addend.hi[m * columns + n], false);
            row.inherit(n, addend.sigma(m * columns + n));
            row.addBackward(n, addend.hi[m * columns + n]);
        }
        for (int k = terms - 1; k >= 0; k--) {
            for (int n = 0; n < columns; n++) {
                if (!b.absent().get(k * columns + n)) {
                    row.addBackward(n, left.values[m * terms + k] * right.values[k * columns + n]);
                }
            }
        }
        for (int n = 0; n < columns; n++) {
            int i = m * columns + n;
            magnitude[i] = row.magnitude(n);
            sigma[i] = row.sigma(n, result.hi[i]);
        }
    }

    private static DotErrors.Factor factor(Matrix matrix) {
        Reals numbers = (Reals) matrix.numbers();
        return new DotErrors.Factor(matrix.pack(numbers.hi), matrix.pack(numbers.sigma));
    }

    /** What the error of an element does to its product with a number. */
    private static double spread(DotErrors.Factor matrix, int i, double other) {
        return matrix.sigmas.length == 0 || matrix.sigmas[i] == 0 ? 0 : matrix.sigmas[i] * other;
    }
}
