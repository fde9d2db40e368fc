package org.aiis.conformance.performance.statistics;

import org.aiis.spec.testing.Verdict;

/**
 * The claim that a percentile of latency lies within a bound, decided three ways (performance chapter, clause 8.2).
 *
 * @param percentile p, such as 0.90
 * @param risk 1 − c of wrongly passing; the same of wrongly failing
 */
public record PercentileClaim(double percentile, double risk) {
    /** Attempt {@code attempt}, from 1, with its share of the risk 0.01: trying until it passes does not pay. */
    public static PercentileClaim of(double percentile, int attempt) {
        return new PercentileClaim(percentile, 0.01 / (1L << attempt));
    }

    /** n(t): the smallest number of queries at which {@code over} of them over the bound still prove the claim. */
    public long needed(long over) {
        long low = over;
        long high = over + 64;
        while (!proves(high, over)) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (proves(middle, over)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private boolean proves(long n, long over) {
        return n > over && Beta.regularised(percentile, (double) (n - over), over + 1.0) <= risk;
    }

    /** The verdict on {@code over} of {@code queries} over the bound. */
    public Verdict decide(long queries, long over) {
        if (queries >= needed(over)) {
            return Verdict.PASS;
        }
        return Beta.binomialTail(over, queries, 1 - percentile) <= risk ? Verdict.FAIL : Verdict.INCONCLUSIVE;
    }
}
