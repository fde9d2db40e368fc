package org.aiis.conformance.performance.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.aiis.reference.pipeline.graph.SplitMix;
import org.junit.jupiter.api.Test;

class DependenceTest {
    /** Quantiles of χ² with 20 degrees of freedom, from the tables: 37.566 at 0.01, 31.410 at 0.05. */
    @Test
    void theTailIsThatOfTheTables() {
        assertThat(Dependence.chiSquareTail(37.566)).isCloseTo(0.01, within(1e-5));
        assertThat(Dependence.chiSquareTail(31.410)).isCloseTo(0.05, within(1e-5));
    }

    @Test
    void independentExceedancesCountInFull() {
        SplitMix random = new SplitMix(6);
        boolean[] over = new boolean[5000];
        for (int i = 0; i < over.length; i++) {
            over[i] = random.uniform() < 0.1;
        }
        assertThat(Dependence.of(over).divisor()).isEqualTo(1);
    }

    @Test
    void exceedancesInRunsOfTenCountAsAboutATenth() {
        SplitMix random = new SplitMix(7);
        boolean[] over = new boolean[20_000];
        for (int i = 0; i < over.length; i++) {
            over[i] = i % 10 == 0 ? random.uniform() < 0.1 : over[i - 1];
        }
        assertThat(Dependence.of(over).divisor()).isBetween(9, 11);
        assertThat(Dependence.of(over).probability()).isLessThan(1e-6);
    }

    @Test
    void noExceedanceIsNoDependence() {
        assertThat(Dependence.of(new boolean[100])).isEqualTo(new Dependence(1, 1));
    }
}
