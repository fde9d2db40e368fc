package org.aiis.reference.arithmetic;

import java.util.Arrays;
import java.util.Optional;

/** Reals in binary64, with or without error terms. Sums run first to last; a compiler may not contract or reorder. */
final class Binary64 implements Arithmetic {
    private final Optional<Errors> errors;

    Binary64(Errors errors) {
        this.errors = Optional.of(errors);
    }

    Binary64() {
        this.errors = Optional.empty();
    }

    @Override
    public Numbers constant(double value, int count) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return Reals.own(values);
    }

    @Override
    public Numbers unary(Unary function, Numbers x) {
        Reals reals = (Reals) x;
        double[] to = new double[x.size()];
        for (int i = 0; i < to.length; i++) {
            to[i] = function.apply(reals.hi[i]);
        }
        return errors.map(e -> e.unary(function, reals, Reals.own(to))).orElseGet(() -> Reals.own(to));
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        Reals left = (Reals) a;
        Reals right = (Reals) b;
        double[] to = new double[a.size()];
        for (int i = 0; i < to.length; i++) {
            to[i] = function.apply(left.hi[i], right.hi[i]);
        }
        return errors.map(e -> e.binary(function, left, right, Reals.own(to))).orElseGet(() -> Reals.own(to));
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        Reals reals = (Reals) x;
        double[] to = new double[starts.length - 1];
        for (int i = 0; i < to.length; i++) {
            double sum = 0;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sum += reals.hi[k];
            }
            to[i] = sum;
        }
        return errors.map(e -> e.sums(reals, starts, Reals.own(to))).orElseGet(() -> Reals.own(to));
    }

    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        double[] left = a.pack(((Reals) a.numbers()).hi);
        double[] right = b.pack(((Reals) b.numbers()).hi);
        int columns = b.columns();
        // An absent element is stored as 0, and 0 times a finite number adds nothing.
        boolean skip = !b.absent().isEmpty() && !Arrays.stream(left).allMatch(Double::isFinite);
        double[] to = skip
                ? present(left, right, a.rows(), b)
                : Products.of(left, right, a.rows(), /* terms= */ a.columns(), columns);
        for (int i = 0; i < addend.size(); i++) {
            to[i] += ((Reals) addend).hi[i];
        }
        return errors.map(e -> e.dots(a, b, (Reals) addend, Reals.own(to))).orElseGet(() -> Reals.own(to));
    }

    /** The product without the terms that are absent. */
    private static double[] present(double[] left, double[] right, int rows, Matrix b) {
        double[] to = new double[rows * b.columns()];
        for (int m = 0; m < rows; m++) {
            for (int k = 0; k < b.rows(); k++) {
                for (int n = 0; n < b.columns(); n++) {
                    if (!b.absent().get(k * b.columns() + n)) {
                        to[m * b.columns() + n] += left[m * b.rows() + k] * right[k * b.columns() + n];
                    }
                }
            }
        }
        return to;
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return holds(relation, (Reals) a, i, (Reals) b, j);
    }

    static boolean holds(Relation relation, Reals a, int i, Reals b, int j) {
        double left = a.hi[i];
        double right = b.hi[j];
        if (Double.isNaN(left) || Double.isNaN(right)) {
            return false;
        }
        boolean low = left == right;
        return relation.holds(order(low ? a.lo(i) : left, low ? b.lo(j) : right));
    }

    private static int order(double a, double b) {
        return a < b ? -1 : a > b ? 1 : 0;
    }

    @Override
    public Arithmetic withoutErrors() {
        return new Binary64();
    }

    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return ((Reals) closer).withErrorsOf((Reals) formula);
    }
}
