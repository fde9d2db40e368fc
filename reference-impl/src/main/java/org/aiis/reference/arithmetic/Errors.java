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
    private final double u;
    private final double least;

    Errors(FloatFormat format) {
        this.u = format.unitRoundoff();
        this.least = format.smallestNormal();
    }

    private double counted(double value) {
        return value == 0 ? 0 : Math.max(Math.abs(value), least);
    }

    private double rounding(double result) {
        double error = u * counted(result);
        return error * error / 3;
    }

    /** A sigma says nothing beside a result that is not finite. */
    private static double root(double variance, double result) {
        return Double.isFinite(result) && !Double.isNaN(variance) ? Math.sqrt(variance) : 0;
    }

    private static double square(double x) {
        return x * x;
    }

    /** What an operand's error does to the result; an exact operand does nothing, however steep the function. */
    private static double share(double slope, double sigma) {
        return sigma == 0 ? 0 : square(slope * sigma);
    }

    Reals unary(Unary function, Reals x, Reals result) {
        if (x.isExact() && function.isExact()) {
            return result;
        }
        double[] sigma = new double[x.size()];
        for (int i = 0; i < sigma.length; i++) {
            double r = result.hi[i];
            double inherited = share(function.slope(x.hi[i], r), x.sigma(i));
            sigma[i] = root(inherited + (function.isExact() ? 0 : rounding(r)), r);
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
                    : root(
                            share(function.slopeByFirst(a.hi[i], b.hi[i], r), a.sigma(i))
                                    + share(function.slopeBySecond(a.hi[i], b.hi[i], r), b.sigma(i))
                                    + rounding(r),
                            r);
        }
        return result.withErrors(sigma, Reals.NONE);
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
            double forward = 0;
            double sum = 0;
            double inherited = 0;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sum += x.hi[k];
                forward += square(counted(sum));
                inherited += square(x.sigma(k));
                magnitude[i] += Math.abs(x.hi[k]);
            }
            double backward = 0;
            sum = 0;
            for (int k = starts[i + 1] - 1; k >= starts[i]; k--) {
                sum += x.hi[k];
                backward += square(counted(sum));
            }
            sigma[i] = combined(Math.max(forward, backward), 0, result.hi[i], inherited);
        }
        return result.withErrors(sigma, magnitude);
    }

    private double combined(double partials, double products, double r, double inherited) {
        double own = u * Math.max(Math.sqrt((partials + products + square(counted(r))) / 3), counted(r));
        return root(own * own + inherited, r);
    }

    Reals dots(Matrix a, Matrix b, Reals addend, Reals result) {
        Reals left = (Reals) a.numbers();
        Reals right = (Reals) b.numbers();
        int columns = b.columns();
        double[] factors = a.pack(left.hi);
        double[] rows = b.pack(right.hi);
        double[] factorSigmas = a.pack(left.sigma);
        double[] rowSigmas = b.pack(right.sigma);
        double[] sigma = new double[result.size()];
        double[] magnitude = new double[result.size()];
        for (int m = 0; m < a.rows(); m++) {
            Row row = new Row(columns);
            for (int k = 0; k < a.columns(); k++) {
                int at = k * columns;
                double factor = factors[m * a.columns() + k];
                double factorSigma = factorSigmas.length == 0 ? 0 : factorSigmas[m * a.columns() + k];
                for (int n = 0; n < columns; n++) {
                    if (!b.absent().get(at + n)) {
                        row.add(n, factor * rows[at + n], true);
                        row.inherited[n] += share(rows[at + n], factorSigma)
                                + (rowSigmas.length == 0 ? 0 : share(factor, rowSigmas[at + n]));
                    }
                }
            }
            if (addend.size() > 0) {
                for (int n = 0; n < columns; n++) {
                    row.add(n, addend.hi[m * columns + n], false);
                    row.inherited[n] += square(addend.sigma(m * columns + n));
                    row.back(n, addend.hi[m * columns + n]);
                }
            }
            for (int k = a.columns() - 1; k >= 0; k--) {
                for (int n = 0; n < columns; n++) {
                    if (!b.absent().get(k * columns + n)) {
                        row.back(n, factors[m * a.columns() + k] * rows[k * columns + n]);
                    }
                }
            }
            for (int n = 0; n < columns; n++) {
                int i = m * columns + n;
                magnitude[i] = row.magnitude[n];
                sigma[i] = combined(
                        Math.max(row.forward[n], row.backward[n]), row.products[n], result.hi[i], row.inherited[n]);
            }
        }
        return result.withErrors(sigma, magnitude);
    }

    /** What one row of a matrix product adds up, column by column. */
    private final class Row {
        final double[] sum;
        final double[] reverse;
        final double[] forward;
        final double[] backward;
        final double[] products;
        final double[] inherited;
        final double[] magnitude;

        Row(int columns) {
            sum = new double[columns];
            reverse = new double[columns];
            forward = new double[columns];
            backward = new double[columns];
            products = new double[columns];
            inherited = new double[columns];
            magnitude = new double[columns];
        }

        void add(int n, double term, boolean product) {
            sum[n] += term;
            forward[n] += square(counted(sum[n]));
            products[n] += product ? square(counted(term)) : 0;
            magnitude[n] += Math.abs(term);
        }

        void back(int n, double term) {
            reverse[n] += term;
            backward[n] += square(counted(reverse[n]));
        }
    }
}
