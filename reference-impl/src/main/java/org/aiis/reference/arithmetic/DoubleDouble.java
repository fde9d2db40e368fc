package org.aiis.reference.arithmetic;

import java.util.Arrays;

/** Reals in double-double, for types that binary64 does not exceed by 24 bits: float64. */
final class DoubleDouble implements Arithmetic {
    private final Errors errors;

    DoubleDouble(Errors errors) {
        this.errors = errors;
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
        Run run = new Run(x.size());
        for (int i = 0; i < x.size(); i++) {
            run.set(i, function.apply(reals.twofold(i)));
        }
        return errors.unary(function, reals, run.reals());
    }

    @Override
    public Numbers binary(Binary function, Numbers a, Numbers b) {
        Reals left = (Reals) a;
        Reals right = (Reals) b;
        Run run = new Run(a.size());
        for (int i = 0; i < a.size(); i++) {
            run.set(i, function.apply(left.twofold(i), right.twofold(i)));
        }
        return errors.binary(function, left, right, run.reals());
    }

    @Override
    public Numbers sums(Numbers x, int[] starts) {
        Reals reals = (Reals) x;
        Run run = new Run(starts.length - 1);
        for (int i = 0; i + 1 < starts.length; i++) {
            Twofold sum = Twofold.ZERO;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sum = sum.plus(reals.twofold(k));
            }
            run.set(i, sum);
        }
        return errors.sums(reals, starts, run.reals());
    }

    @Override
    public Numbers dots(Matrix a, Matrix b, Numbers addend) {
        Reals left = (Reals) a.numbers();
        Reals right = (Reals) b.numbers();
        Run run = new Run(a.rows() * b.columns());
        for (int m = 0; m < a.rows(); m++) {
            for (int n = 0; n < b.columns(); n++) {
                Twofold sum = Twofold.ZERO;
                for (int k = 0; k < a.columns(); k++) {
                    if (!b.absent().get(k * b.columns() + n)) {
                        sum = sum.plus(left.twofold(a.place(m, k)).times(right.twofold(b.place(k, n))));
                    }
                }
                int i = m * b.columns() + n;
                run.set(i, addend.size() == 0 ? sum : sum.plus(((Reals) addend).twofold(i)));
            }
        }
        return errors.dots(a, b, (Reals) addend, run.reals());
    }

    @Override
    public boolean holds(Relation relation, Numbers a, int i, Numbers b, int j) {
        return Binary64.holds(relation, (Reals) a, i, (Reals) b, j);
    }

    @Override
    public Numbers refined(Numbers formula, Numbers closer) {
        return ((Reals) closer).withErrorsOf((Reals) formula);
    }

    private static final class Run {
        private final double[] hi;
        private final double[] lo;

        Run(int size) {
            hi = new double[size];
            lo = new double[size];
        }

        void set(int i, Twofold value) {
            hi[i] = value.hi();
            lo[i] = value.lo();
        }

        Reals reals() {
            return Reals.own(hi, lo);
        }
    }
}
