package org.aiis.conformance.judge;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Reference;

/**
 * Limits on the errors of a tensor of dot products, in units of their σ, clause 4.3.4: each holds with a probability of at
 * least 1 − 2·e^−x where the errors are independent and sub-Gaussian with parameter σ.
 *
 * <p>Element: Chernoff's bound and the union of n. Mean square: D. Hsu, S. Kakade, T. Zhang (2012), theorem 2.1. Bias:
 * Chernoff's bound on the sum. Elements whose reference is the same count once, since equal operands make equal
 * errors.
 */
public final class DotStatistics {
    /**
     * x. On the limits' own terms three limits on each of 10,000 tensors fail together with a probability of 0.08 %; 16 would
     * do. Some right orders lie a little outside those terms, and with 18 the bound measured on them is below 1 % too.
     */
    public static final double RISK_EXPONENT = 18;

    private final boolean distinct;
    private final Set<Double> seen = new HashSet<>();
    private double squares;
    private double signed;
    private int count;

    /**
     * @param distinct whether elements of one reference count once
     */
    private DotStatistics(boolean distinct) {
        this.distinct = distinct;
    }

    /** Of all elements, and where those break a limit, of the distinct ones. */
    static DotStatistics of(Tensor got, Reference.Value reference) {
        return of(got, reference, new BitSet());
    }

    /** @param flushed elements that rule 6 of clause 4.3.2 has decided: their error is no rounding */
    static DotStatistics of(Tensor got, Reference.Value reference, BitSet flushed) {
        DotStatistics all = new DotStatistics(false);
        all.add(got, reference, flushed);
        if (all.share() <= 1) {
            return all;
        }
        DotStatistics once = new DotStatistics(true);
        once.add(got, reference, flushed);
        return once;
    }

    /**
     * The exponent that would have been just enough for a tensor: where errors are as the limits assume, it exceeds x with a
     * probability of at most 5·e^−x. An element counts with what exceeds its last rounding.
     */
    public static double exponent(Tensor got, Reference.Value reference) {
        DotProductBound bound = DotProductBound.of(reference);
        DotStatistics all = of(got, reference);
        double n = all.count;
        double root = (Math.sqrt(Math.max(1, 2 * all.squares / n - 1)) - 1) / 2;
        double exponent = n == 0 ? 0 : Math.max(n * root * root, all.signed * all.signed / n / 2);
        for (int i = 0; i < got.size(); i++) {
            double error = Math.abs(got.real(i) - reference.real(i) - reference.low(i));
            double rest = error - bound.last(reference, i);
            if (rest > 0) {
                double e = rest / bound.before(reference, i) * element(bound.elements());
                exponent = Math.max(exponent, e * e / 2 - StrictMath.log(bound.elements()));
            }
        }
        return exponent;
    }

    /** The probability, on the terms of the limits, that so many tensors of a right implementation all keep theirs fails. */
    public static double risk(int tensors) {
        return Math.min(1, tensors * 5 * StrictMath.exp(-RISK_EXPONENT));
    }

    private void add(Tensor got, Reference.Value reference, BitSet flushed) {
        for (int i = 0; i < got.size(); i++) {
            double y = got.real(i);
            double r = reference.real(i);
            if (!flushed.get(i) && Double.isFinite(y) && Double.isFinite(r)) {
                add(y - r - reference.low(i), r, reference.sigma(i));
            }
        }
    }

    /** The largest e that one of n elements may have. */
    static double element(int n) {
        return Math.sqrt(2 * (RISK_EXPONENT + StrictMath.log(Math.max(n, 1))));
    }

    /** The largest mean of e² of n elements. */
    static double meanSquare(int n) {
        return 1 + 2 * Math.sqrt(RISK_EXPONENT / n) + 2 * RISK_EXPONENT / n;
    }

    /** The largest mean of e·sign(r) of n elements, of either sign. */
    static double bias(int n) {
        return Math.sqrt(2 * RISK_EXPONENT / n);
    }

    private void add(double error, double reference, double sigma) {
        if (sigma > 0 && (!distinct || seen.add(reference))) {
            double e = error / sigma;
            squares += e * e;
            signed += reference < 0 ? -e : e;
            count++;
        }
    }

    int count() {
        return count;
    }

    double rms() {
        return Math.sqrt(squares / count);
    }

    double rmsShare() {
        return count == 0 ? 0 : rms() / Math.sqrt(meanSquare(count));
    }

    double share() {
        return Math.max(rmsShare(), biasShare());
    }

    double meanBias() {
        return signed / count;
    }

    double biasShare() {
        return count == 0 ? 0 : Math.abs(meanBias()) / bias(count);
    }
}
