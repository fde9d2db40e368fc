package org.aiis.conformance.performance.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.aiis.spec.testing.Verdict;
import org.junit.jupiter.api.Test;

class NonInferiorityTest {
    /** 1,000 records, reference right on 900; b = 40, c = 10: D −0.03, SE √(50 − 0.9)/1000, δ 0.009. */
    @Test
    void theNumbersAreThoseOfTheFormula() {
        NonInferiority test = counts(900, 40, 10);
        assertThat(test.difference()).isCloseTo(-0.03, within(1e-15));
        assertThat(test.error()).isCloseTo(Math.sqrt(50 - 0.9) / 1000, within(1e-15));
        assertThat(test.margin()).isCloseTo(0.009, within(1e-15));
    }

    @Test
    void theSamePredictionsPass() {
        assertThat(counts(900, 0, 0).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void clearlyFewerRightPredictionsFail() {
        assertThat(counts(900, 40, 10).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aSmallLossOnFewRecordsDecidesNothing() {
        assertThat(counts(900, 12, 8).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private static NonInferiority counts(int right, int onlyReference, int onlySystem) {
        boolean[] reference = new boolean[1000];
        Arrays.fill(reference, 0, right, true);
        boolean[] system = reference.clone();
        Arrays.fill(system, 0, onlyReference, false);
        Arrays.fill(system, right, right + onlySystem, true);
        return NonInferiority.of(reference, system);
    }
}
