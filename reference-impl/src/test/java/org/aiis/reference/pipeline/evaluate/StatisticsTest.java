package org.aiis.reference.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.aiis.reference.pipeline.graph.SplitMix;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void wilsonsIntervalIsThatOfTheTextbook() {
        // 81 of 263: Altman and others, "Statistics with Confidence" (2000), p. 47.
        Interval share = Interval.share(81, 263);
        assertThat(share.low()).isEqualTo(0.2553, within(5e-5));
        assertThat(share.high()).isEqualTo(0.3662, within(5e-5));
        assertThat(Interval.share(0, 20).low()).isZero();
        assertThat(Interval.share(20, 20).high()).isEqualTo(1);
        assertThatThrownBy(() -> Interval.share(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void studentsIntervalCoversTheMeanAsOftenAsItSays() {
        SplitMix random = new SplitMix(5);
        int covered = 0;
        for (int trial = 0; trial < 4000; trial++) {
            double[] drawn = normal(random, 10);
            Interval mean = Interval.mean(drawn);
            covered += mean.low() <= 3 && 3 <= mean.high() ? 1 : 0;
        }
        assertThat(covered / 4000.0).isEqualTo(0.95, within(0.012));
    }

    @Test
    void anAreaCountsEqualScoresOneHalf() {
        RocCurve curve = RocCurve.of(new double[] {3, 2, 2, 1}, new boolean[] {true, true, false, false});
        assertThat(curve.area().value()).isEqualTo(3.5 / 4);
        assertThat(curve.points()).extracting(RocCurve.Point::found).containsExactly(0.0, 0.5, 1.0, 1.0);
        assertThat(curve.points()).extracting(RocCurve.Point::falseAlarms).containsExactly(0.0, 0.0, 0.5, 1.0);
        assertThatThrownBy(() -> RocCurve.of(new double[] {1}, new boolean[] {true}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RocCurve.of(new double[] {1, Double.NaN}, new boolean[] {true, false}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theIntervalOfAnAreaIsHanleyAndMcNeils() {
        // Their example: area 0.893, 51 abnormal and 58 normal images, standard error 0.032.
        double[] scores = new double[109];
        boolean[] positive = new boolean[109];
        int[] normal = {33, 6, 6, 11, 2};
        int[] abnormal = {3, 2, 2, 11, 33};
        int at = 0;
        for (int rating = 0; rating < 5; rating++) {
            for (int i = 0; i < normal[rating] + abnormal[rating]; i++) {
                scores[at] = rating;
                positive[at++] = i >= normal[rating];
            }
        }
        Interval area = RocCurve.of(scores, positive).area();
        assertThat(area.value()).isEqualTo(0.893, within(5e-4));
        assertThat((area.high() - area.low()) / 2 / 1.96).isEqualTo(0.032, within(5e-4));
    }

    @Test
    void aPairedBootstrapSeesADifferenceThatIsThereAndNoneThatIsNot() {
        SplitMix random = new SplitMix(6);
        double[] common = normal(random, 800);
        double[] better = Arrays.stream(common)
                .map(x -> x - 0.05 + 0.1 * random.uniform(-1, 1))
                .toArray();
        double[] alike =
                Arrays.stream(common).map(x -> x + 0.1 * random.uniform(-1, 1)).toArray();
        Interval less = PairedBootstrap.difference(better, common, 4, 1);
        assertThat(less.value()).isEqualTo(-0.05, within(0.01));
        assertThat(less.high()).isNegative();
        assertThat(PairedBootstrap.difference(alike, common, 4, 1).excludesZero())
                .isFalse();
        assertThat(PairedBootstrap.difference(better, common, 4, 1)).isEqualTo(less);
    }

    @Test
    void blocksWidenTheIntervalWhereNeighboursAreAlike() {
        SplitMix random = new SplitMix(7);
        double[] steps = normal(random, 100);
        double[] runs = new double[2000];
        Arrays.setAll(runs, i -> steps[i / 20]);
        Interval single = PairedBootstrap.difference(runs, new double[2000], 1, 1);
        Interval blocks = PairedBootstrap.difference(runs, new double[2000], 20, 1);
        assertThat(blocks.high() - blocks.low()).isGreaterThan(3 * (single.high() - single.low()));
    }

    /** Sums of twelve uniform numbers: mean 3, deviation 1. */
    private static double[] normal(SplitMix random, int n) {
        double[] drawn = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k < 12; k++) {
                sum += random.uniform();
            }
            drawn[i] = sum - 3;
        }
        return drawn;
    }
}
