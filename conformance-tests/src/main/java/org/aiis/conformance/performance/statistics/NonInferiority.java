package org.aiis.conformance.performance.statistics;

import org.aiis.spec.testing.Verdict;

/**
 * Whether a system predicts no worse than the reference on the same records (evaluation chapter, clause 6.4).
 *
 * @param difference D, accuracy of the system less that of the reference
 * @param error SE of the difference
 * @param margin δ, 0.01 of the reference's accuracy
 */
public record NonInferiority(double difference, double error, double margin) {
    /** The 0.99 quantile of the normal distribution, as the chapter rounds it. */
    private static final double QUANTILE = 2.326;

    /** From whether each of the two was right on each record. */
    public static NonInferiority of(boolean[] reference, boolean[] system) {
        double n = reference.length;
        double right = 0;
        double onlyReference = 0;
        double onlySystem = 0;
        for (int i = 0; i < reference.length; i++) {
            right += reference[i] ? 1 : 0;
            onlyReference += reference[i] && !system[i] ? 1 : 0;
            onlySystem += system[i] && !reference[i] ? 1 : 0;
        }
        double apart = onlySystem - onlyReference;
        double error = StrictMath.sqrt(onlyReference + onlySystem - apart * apart / n) / n;
        return new NonInferiority(apart / n, error, 0.01 * right / n);
    }

    public Verdict verdict() {
        if (difference - QUANTILE * error >= -margin) {
            return Verdict.PASS;
        }
        return difference + QUANTILE * error < -margin ? Verdict.FAIL : Verdict.INCONCLUSIVE;
    }
}
