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
        // An absent element is stored as 0, and 0 times a finite number adds nothing.
        boolean skip = !b.absent().isEmpty() && !Arrays.stream(left).allMatch(Double::isFinite);
        int columns = b.columns();
        double[] to = new double[a.rows() * columns];
        double[] row = new double[columns];
        for (int m = 0; m < a.rows(); m++) {
            Arrays.fill(row, 0);
            int k = 0;
            for (; !skip && k + 3 < a.columns(); k += 4) {
                addFour(row, left, m * a.columns() + k, right, k * columns);
            }
            for (; k < a.columns(); k++) {
                for (int n = 0; n < columns; n++) {
                    if (!skip || !b.absent().get(k * columns + n)) {
                        row[n] += left[m * a.columns() + k] * right[k * columns + n];
                    }
                }
            }
            for (int n = 0; n < addend.size() && n < columns; n++) {
                row[n] += ((Reals) addend).hi[m * columns + n];
            }
            System.arraycopy(row, 0, to, m * columns, columns);
        }
        return errors.map(e -> e.dots(a, b, (Reals) addend, Reals.own(to))).orElseGet(() -> Reals.own(to));
    }

    /** Four steps of all sums of a row at once, each sum still first to last: a loop that a JIT turns into vectors. */
    private static void addFour(double[] row, double[] left, int at, double[] right, int from) {
        double a = left[at];
        double b = left[at + 1];
        double c = left[at + 2];
        double d = left[at + 3];
        int second = from + row.length;
        int third = second + row.length;
        int fourth = third + row.length;
        for (int n = 0; n < row.length; n++) {
            row[n] =
                    row[n] + a * right[from + n] + b * right[second + n] + c * right[third + n] + d * right[fourth + n];
        }
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
    public Numbers refined(Numbers formula, Numbers closer) {
        return ((Reals) closer).withErrorsOf((Reals) formula);
    }
}
