package org.aiis.reference.operators.learning;

import java.util.Arrays;
import org.aiis.reference.arithmetic.Arithmetic;
import org.aiis.reference.arithmetic.Numbers;
import org.aiis.reference.arithmetic.Reals;
import org.aiis.reference.arithmetic.Unary;
import org.aiis.reference.operators.Call;
import org.aiis.reference.operators.Formula;

/**
 * What happens to the scores of a sample at the end. ONNX gives names only; SOFTMAX_ZERO and PROBIT are as its reference
 * implementation has them (OP-TreeEnsemble-D1, OP-TreeEnsemble-D2).
 */
enum PostTransform {
    NONE,
    SOFTMAX,
    LOGISTIC,
    /** The softmax of the scores that are not 0; others stay 0. */
    SOFTMAX_ZERO,
    /** The quantile function of the normal distribution, by Winitzki's approximation of erf⁻¹. */
    PROBIT;

    private static final double SMALL = 1e-7;
    private static final double WINITZKI = 0.147;

    static String[] words() {
        return Arrays.stream(values()).map(Enum::name).toArray(String[]::new);
    }

    /** Of scores in rows of a width. */
    Numbers of(Call call, Numbers scores, int width) {
        Formula f = Features.formula(call);
        if (scores.size() == 0) {
            return scores;
        }
        return switch (this) {
            case NONE -> scores;
            case LOGISTIC -> f.sigmoid(scores);
            case SOFTMAX, SOFTMAX_ZERO -> softmax(f, (Reals) scores, width);
            case PROBIT -> probit(f, (Reals) scores);
        };
    }

    private Numbers softmax(Formula f, Reals x, int width) {
        int[] largest = new int[x.size()];
        for (int i = 0; i < largest.length; i++) {
            int first = i / width * width;
            largest[i] = first;
            for (int k = first; k < first + width; k++) {
                largest[i] = x.hi(k) > x.hi(largest[i]) ? k : largest[i];
            }
        }
        Reals maxima = x.gather(largest).withoutErrors();
        Numbers powers = f.of(Unary.EXP, f.minus(x, maxima));
        if (this == SOFTMAX_ZERO) {
            boolean[] small = new boolean[x.size()];
            for (int i = 0; i < small.length; i++) {
                small[i] = Math.abs(x.hi(i)) <= SMALL;
            }
            powers = Formula.where(small, f.times(x, f.of(Unary.EXP, f.of(Unary.NEG, maxima))), powers);
        }
        int[] row = new int[x.size()];
        Arrays.setAll(row, i -> i / width);
        Numbers sums = f.arithmetic().sums(powers, Arithmetic.equalRuns(x.size() / width, width));
        Numbers shares = f.over(powers, sums.gather(row));
        boolean[] nothing = new boolean[x.size()];
        for (int i = 0; i < nothing.length; i++) {
            nothing[i] = ((Reals) sums).hi(row[i]) == 0;
        }
        return Formula.where(nothing, f.arithmetic().constant(0.5, x.size()), shares);
    }

    private static Numbers probit(Formula f, Reals p) {
        Numbers y = f.plus(f.times(p, 2), -1);
        Numbers rest = f.times(f.minus(1, y), f.plus(y, 1));
        Numbers log = f.of(Unary.LOG, rest);
        Numbers v = f.plus(f.times(log, 0.5), 2 / (StrictMath.PI * WINITZKI));
        Numbers square = f.minus(f.times(v, v), f.times(log, 1 / WINITZKI));
        Numbers size = f.times(f.of(Unary.SQRT, f.minus(f.of(Unary.SQRT, square), v)), 1.41421356);
        boolean[] none = new boolean[p.size()];
        for (int i = 0; i < none.length; i++) {
            none[i] = ((Reals) rest).hi(i) == 0;
        }
        Numbers signed = f.whereLess(y, 0, f.of(Unary.NEG, size), size);
        return Formula.where(none, f.arithmetic().constant(0, p.size()), signed);
    }
}
