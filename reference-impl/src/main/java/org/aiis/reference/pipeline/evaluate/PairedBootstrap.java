package org.aiis.reference.pipeline.evaluate;

import java.util.Arrays;
import org.aiis.reference.pipeline.graph.SplitMix;

/**
 * Compares two systems on the same records by resampling them together: the interval of the difference of their mean losses.
 * Neighbours in time err alike, so whole blocks of records are drawn (H. R. Künsch, "The Jackknife and the Bootstrap for General
 * Stationary Observations", 1989, with blocks that do not overlap); a block of one record is the usual bootstrap.
 */
public final class PairedBootstrap {
    /** As the evaluation chapter asks. */
    public static final int RESAMPLES = 10_000;

    private PairedBootstrap() {}

    /**
     * Mean of {@code ours − theirs} with its 95 % interval by percentiles (B. Efron, 1979). Below 0: ours loses less.
     *
     * @param ours loss of each record, NaN to leave it out
     * @param theirs loss of the same records
     * @param block records that are drawn together
     */
    public static Interval difference(double[] ours, double[] theirs, int block, long seed) {
        if (ours.length != theirs.length || block < 1) {
            throw new IllegalArgumentException(ours.length + " and " + theirs.length + " losses, blocks of " + block);
        }
        int blocks = (ours.length + block - 1) / block;
        double[] sums = new double[blocks];
        double[] counts = new double[blocks];
        for (int i = 0; i < ours.length; i++) {
            double apart = ours[i] - theirs[i];
            if (!Double.isNaN(apart)) {
                sums[i / block] += apart;
                counts[i / block]++;
            }
        }
        double[] means = new double[RESAMPLES];
        SplitMix random = new SplitMix(seed);
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            double count = 0;
            for (int b = 0; b < blocks; b++) {
                int drawn = random.below(blocks);
                sum += sums[drawn];
                count += counts[drawn];
            }
            means[r] = sum / count;
        }
        Arrays.sort(means);
        double mean = Arrays.stream(sums).sum() / Arrays.stream(counts).sum();
        return new Interval(mean, means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]);
    }
}
