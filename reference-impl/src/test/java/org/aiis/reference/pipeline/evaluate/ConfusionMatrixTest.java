package org.aiis.reference.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    /** By hand: truth 0 0 0 1 1 2, predicted 0 0 1 1 0 1. */
    private final ConfusionMatrix matrix =
            ConfusionMatrix.of(new long[] {0, 0, 0, 1, 1, 2}, new long[] {0, 0, 1, 1, 0, 1}, 3);

    @Test
    void rowsAreTheTrueClass() {
        assertThat(matrix.counts().integers()).containsExactly(2, 1, 0, 1, 1, 0, 0, 1, 0);
    }

    @Test
    void metricsFollowFromTheCounts() {
        assertThat(matrix.accuracy()).hasValueCloseTo(0.5, within(1e-15));
        assertThat(matrix.precision(0)).hasValueCloseTo(2.0 / 3, within(1e-15));
        assertThat(matrix.recall(0)).hasValueCloseTo(2.0 / 3, within(1e-15));
        assertThat(matrix.specificity(0)).hasValueCloseTo(2.0 / 3, within(1e-15));
        assertThat(matrix.precision(1)).hasValueCloseTo(1.0 / 3, within(1e-15));
        assertThat(matrix.f1(1)).hasValueCloseTo(0.4, within(1e-15));
        assertThat(matrix.baseline()).hasValueCloseTo(0.5, within(1e-15));
    }

    @Test
    void aMetricWhoseDenominatorIsZeroIsUndefined() {
        assertThat(matrix.precision(2)).isEmpty();
        assertThat(matrix.f1(2)).hasValueCloseTo(0.0, within(0.0));
        assertThat(ConfusionMatrix.of(new long[] {0}, new long[] {0}, 2).recall(1))
                .isEmpty();
        assertThat(ConfusionMatrix.of(new long[] {0}, new long[] {0}, 2).macroF1())
                .isEmpty();
    }
}
